package dev.holdfast.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpAddressTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 192.0.2.1",
        "255.255.255.255, 255.255.255.255",
        "::, ::",
        "::1, ::1",
        "2001:DB8:0:0:0:0:0:1, 2001:db8::1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8::, 2001:db8::",
        "fe80::1:0:0:1, fe80::1:0:0:1",
    })
    void isWrittenTheCanonicalWay(String given, String written) {
        assertThat(IpAddress.parse(given)).hasToString(written);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "10.1",
                "1",
                "010.0.0.1",
                "256.0.0.1",
                "1.2.3.4.5",
                " 1.2.3.4",
                "1.2.3.4 ",
                "::ffff:192.0.2.1",
                "fe80::1%eth0",
                "[::1]",
                "localhost",
                "1:2",
                ":::",
                "12345::"
            })
    void refusesWhatIsNoAddress(String text) {
        assertThatThrownBy(() -> IpAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }

    @Test
    void textAndBytesRoundTrip() {
        for (long seed = 0; seed < 2_000; seed++) {
            RandomGenerator random = new java.util.SplittableRandom(seed);
            byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
            for (int i = 0; i < bytes.length; i++) {
                // Many zero bytes, so that shortening is exercised.
                bytes[i] = random.nextInt(3) == 0 ? (byte) random.nextInt(256) : 0;
            }
            IpAddress address = IpAddress.ofBytes(bytes);
            if (address.family() == Family.IPV6
                    && address.high() == 0
                    && address.low() >>> 32 == 0xffff) {
                continue; // IPv4-mapped, not read back
            }
            assertThat(IpAddress.parse(address.toString())).as("seed " + seed).isEqualTo(address);
            assertThat(address.toBytes()).as("seed " + seed).isEqualTo(bytes);
        }
    }

    @Test
    void countsOnAcrossTheSixtyFourthBit() {
        assertThat(IpAddress.parse("2001:db8::ffff:ffff:ffff:ffff").plus(1))
                .hasToString("2001:db8:0:1::");
    }
}
