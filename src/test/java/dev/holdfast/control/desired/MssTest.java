package dev.holdfast.control.desired;

import static dev.holdfast.wire.Encapsulation.Kind.FOU;
import static dev.holdfast.wire.Encapsulation.Kind.GUE;
import static dev.holdfast.wire.Encapsulation.Kind.IPIP;
import static dev.holdfast.wire.Family.IPV4;
import static dev.holdfast.wire.Family.IPV6;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MssTest {

    @Test
    void whatWasMeasuredOnAKernel() {
        assertThat(Mss.of(GUE, IPV4, List.of(IPV4))).isEqualTo(1428);
        assertThat(Mss.of(FOU, IPV4, List.of(IPV4))).isEqualTo(1432);
        assertThat(Mss.of(IPIP, IPV4, List.of(IPV4))).isEqualTo(1440);
        assertThat(Mss.of(FOU, IPV4, List.of(IPV6))).isEqualTo(1472 - 60);
        assertThat(Mss.of(FOU, IPV6, List.of(IPV6))).isEqualTo(1444 - 60);
    }

    @Test
    void oneNumberFitsTheWidestOfSeveralVips() {
        assertThat(Mss.of(GUE, IPV4, List.of(IPV4, IPV6))).isEqualTo(1408);
        assertThat(Mss.of(GUE, IPV6, List.of(IPV4))).isEqualTo(1408);
        assertThat(Mss.of(IPIP, IPV6, List.of(IPV6, IPV4))).isEqualTo(1400);
        assertThat(Mss.of(GUE, IPV4, List.of())).isEqualTo(1428);
    }
}
