package dev.holdfast.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.Inet6Address;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// What is written can be read; what was not written cannot.
class PayloadTest {

    @Test
    void everyKindOfAttributeIsReadAsItWasWritten() {
        byte[] bytes =
                new PayloadWriter()
                        .u8(1, 200)
                        .u16(2, 60_000)
                        .u16BigEndian(3, 6080)
                        .u32(4, 0xcafebabe)
                        .string(5, "mh")
                        .flag(6)
                        .nest(7, nested -> nested.u8(1, 3).nest(2, inner -> inner.u32(9, 9)))
                        .toBytes();
        Attributes read = Attributes.in(ByteBuffer.wrap(bytes));

        assertThat(bytes.length % 4).isZero();
        assertThat(read.u8(1)).isEqualTo(200);
        assertThat(read.u16(2)).isEqualTo(60_000);
        assertThat(read.u16BigEndian(3)).isEqualTo(6080);
        assertThat(read.u32(4)).isEqualTo(0xcafebabe);
        assertThat(read.string(5)).isEqualTo("mh");
        assertThat(read.has(6)).isTrue();
        assertThat(read.nested(7).nested(2).u32(9)).isEqualTo(9);
        assertThat(read.has(8)).isFalse();
    }

    @Test
    void attributesOfAnyLengthAreReadAsTheyWereWritten() {
        long seed = 20250906;
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            PayloadWriter writer = new PayloadWriter();
            List<byte[]> values = new ArrayList<>();
            for (int type = 1; type <= random.nextInt(20); type++) {
                byte[] value = new byte[random.nextInt(300)];
                random.nextBytes(value);
                writer.bytes(type, value);
                values.add(value);
            }
            Attributes read = Attributes.in(ByteBuffer.wrap(writer.toBytes()));
            for (int i = 0; i < values.size(); i++) {
                assertThat(read.bytes(i + 1))
                        .as("seed %d, round %d, attribute %d", seed, round, i + 1)
                        .isEqualTo(values.get(i));
            }
        }
    }

    @Test
    void whatIsMissingOrTooShortIsNamed() {
        byte[] bytes = new PayloadWriter().u16(3, 1).toBytes();
        Attributes read = Attributes.in(ByteBuffer.wrap(bytes));

        assertThatExceptionOfType(MalformedMessage.class)
                .isThrownBy(() -> read.u32(3))
                .withMessage("attribute 3: 2 bytes (expected: 4 or more)");
        assertThatExceptionOfType(MalformedMessage.class)
                .isThrownBy(() -> read.u32(4))
                .withMessage("attribute 4: missing (expected: 4 bytes or more)");
        bytes[0] = 99;
        assertThatExceptionOfType(MalformedMessage.class)
                .isThrownBy(() -> Attributes.in(ByteBuffer.wrap(bytes)))
                .withMessage("attribute 3: length 99 (expected: 4 to 8)");
    }

    @Test
    void anAttributeThatIsTooLongIsRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PayloadWriter().bytes(1, new byte[65_532]))
                .withMessage("attribute 1: 65536 bytes (expected: at most 65535)");
    }

    @Test
    void anIpv4MappedAddressStaysIpv6() {
        byte[] mapped = new byte[16];
        mapped[10] = mapped[11] = (byte) 0xff;

        assertThat(AddressFamily.address(mapped)).isInstanceOf(Inet6Address.class);
        assertThat(AddressFamily.of(AddressFamily.address(mapped))).isEqualTo(AddressFamily.INET6);
    }
}
