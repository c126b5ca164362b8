package dev.holdfast.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrefixTest {

    @ParameterizedTest
    @CsvSource({
        "198.51.100.0/24, 198.51.100.255, true",
        "198.51.100.0/24, 198.51.101.0, false",
        "0.0.0.0/0, 255.1.2.3, true",
        "0.0.0.0/0, ::1, false",
        "2001:db8::/32, 2001:db8:ffff::1, true",
        "2001:db8::/100, 2001:db8::fff:ffff, true",
        "2001:db8::/100, 2001:db8::1fff:ffff, false",
    })
    void contains(String prefix, String address, boolean inside) {
        assertThat(Prefix.parse(prefix).contains(IpAddress.parse(address))).isEqualTo(inside);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "198.51.100.1/24",
                "198.51.100.0",
                "198.51.100.0/33",
                "198.51.100.0/",
                "/24",
                "::/129",
                "2001:db8::1/64",
                "198.51.100.0/+4",
                "198.51.100.0/024",
                ""
            })
    void refusesWhatIsNoPrefix(String text) {
        assertThatThrownBy(() -> Prefix.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }

    @Test
    void overlapsOnlyItsOwnFamily() {
        assertThat(Prefix.parse("10.0.0.0/8").overlaps(Prefix.parse("10.9.0.0/16"))).isTrue();
        assertThat(Prefix.parse("0.0.0.0/0").overlaps(Prefix.parse("::/0"))).isFalse();
    }
}
