package dev.holdfast.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import java.util.List;
import org.junit.jupiter.api.Test;

class GroundRulesTest {

    private static final List<IpAddress> NODES =
            List.of(IpAddress.parse("10.2.1.2"), IpAddress.parse("10.2.2.2"));
    private static final List<Prefix> RANGES =
            List.of(Prefix.parse("198.51.100.0/24"), Prefix.parse("2001:db8:100::/64"));

    @Test
    void whatComesBackFromABackendIsDropped() {
        assertThat(text(Encapsulation.Kind.GUE))
                .contains(
                        """
                            iif != lo ip saddr { 10.2.1.2, 10.2.2.2 } ip daddr { 198.51.100.0/24 } counter drop
                        """)
                .doesNotContain("ip6", "output");
    }

    @Test
    void whatAnInterfaceHasWrappedLosesItsMark() {
        assertThat(text(Encapsulation.Kind.FOU))
                .contains(
                        """
                            meta mark & 0xfff00000 == 0x48100000 udp dport { 5555, 5556 } meta mark set 0
                        """);
    }

    private static String text(Encapsulation.Kind kind) {
        return GroundRules.text(NODES, RANGES, new Encapsulation(kind, null));
    }
}
