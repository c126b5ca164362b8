package dev.holdfast.control.desired;

import static dev.holdfast.wire.Encapsulation.Kind.FOU;
import static dev.holdfast.wire.Encapsulation.Kind.GUE;
import static dev.holdfast.wire.Encapsulation.Kind.IPIP;
import static dev.holdfast.wire.Family.IPV4;
import static dev.holdfast.wire.Family.IPV6;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Family;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MssTest {

    @Test
    void whatWasMeasuredOnAKernel() {
        assertThat(Mss.of(1500, GUE, IPV4, List.of(IPV4))).isEqualTo(1428);
        assertThat(Mss.of(1500, FOU, IPV4, List.of(IPV4))).isEqualTo(1432);
        assertThat(Mss.of(1500, IPIP, IPV4, List.of(IPV4))).isEqualTo(1440);
        assertThat(Mss.of(1500, FOU, IPV4, List.of(IPV6))).isEqualTo(1472 - 60);
        assertThat(Mss.of(1500, FOU, IPV6, List.of(IPV6))).isEqualTo(1444 - 60);
    }

    @Test
    void oneNumberFitsTheWidestOfSeveralVips() {
        assertThat(Mss.of(1500, GUE, IPV4, List.of(IPV4, IPV6))).isEqualTo(1408);
        assertThat(Mss.of(1500, GUE, IPV6, List.of(IPV4))).isEqualTo(1408);
        assertThat(Mss.of(1500, IPIP, IPV6, List.of(IPV6, IPV4))).isEqualTo(1400);
        assertThat(Mss.of(1500, GUE, IPV4, List.of())).isEqualTo(1428);
    }

    /// Of each encapsulation, underlay and VIP, in this order, what headers take of a packet.
    @ParameterizedTest
    @CsvSource({
        "IPIP, IPV4, IPV4, 20 + 20 + 20",
        "IPIP, IPV4, IPV6, 20 + 40 + 20",
        "IPIP, IPV6, IPV4, 40 + 20 + 20",
        "IPIP, IPV6, IPV6, 40 + 40 + 20",
        "GUE,  IPV4, IPV4, 20 + 8 + 4 + 20 + 20",
        "GUE,  IPV4, IPV6, 20 + 8 + 4 + 40 + 20",
        "GUE,  IPV6, IPV4, 40 + 8 + 4 + 20 + 20",
        "GUE,  IPV6, IPV6, 40 + 8 + 4 + 40 + 20",
        "FOU,  IPV4, IPV4, 20 + 8 + 20 + 20",
        "FOU,  IPV4, IPV6, 20 + 8 + 40 + 20",
        "FOU,  IPV6, IPV4, 40 + 8 + 8 + 20 + 20",
        "FOU,  IPV6, IPV6, 40 + 8 + 8 + 40 + 20",
    })
    void aSegmentAndItsHeadersFillTheUnderlay(
            Encapsulation.Kind kind, Family underlay, Family vip, String headers) {
        int bytes =
                Pattern.compile(" \\+ ").splitAsStream(headers).mapToInt(Integer::parseInt).sum();
        for (int mtu : List.of(1280, 1400, 1500, 9000)) {
            assertThat(Mss.of(mtu, kind, underlay, List.of(vip)) + bytes)
                    .as("underlay of %d bytes", mtu)
                    .isEqualTo(mtu);
        }
    }
}
