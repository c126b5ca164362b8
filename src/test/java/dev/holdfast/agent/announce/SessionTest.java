package dev.holdfast.agent.announce;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Lines as BIRD 2.0.12 prints them.
class SessionTest {

    @Test
    void theNeighbourOfASessionIsFoundAsBfdNamesIt() {
        List<String> protocols =
                List.of(
                        "router6    BGP        ---        up     19:23:25.351  Established   ",
                        "  BGP state:          Established",
                        "    Neighbor address: fe80::1%eth0",
                        "",
                        "kernel1    Kernel     master4    up     19:23:25.351  ",
                        "    Neighbor address: 10.2.1.1");
        assertThat(Uplink.neighbours(protocols)).containsExactly(entry("router6", "fe80::1"));
        assertThat(
                        Uplink.bfd(
                                List.of(
                                        " IP address                Interface  State      Since         Interval  Timeout",
                                        " fe80::1                   eth0       Init       2026-11-24 19:23:25    0.100    0.300")))
                .containsExactly(entry("fe80::1", "Init"));
    }

    @Test
    void sessionsAreReadInAnyFormatOfTimeAndOtherProtocolsAreNot() {
        assertThat(
                        Session.parse(
                                "router4    BGP        ---        up     19:23:25.351  Established   "))
                .hasValueSatisfying(session -> {
                    assertThat(session.isEstablished()).isTrue();
                    assertThat(session.name()).isEqualTo("router4");
                });
        assertThat(
                        Session.parse(
                                "router6    BGP        ---        start  2026-11-24 19:23:25  Active        Socket: Connection refused"))
                .hasValueSatisfying(session -> {
                    assertThat(session.isEstablished()).isFalse();
                    assertThat(session).hasToString("router6 is Active Socket: Connection refused");
                });
        assertThat(Session.parse("r4         BGP        ---        down   19:23:25.351  "))
                .hasValueSatisfying(session -> assertThat(session).hasToString("r4 is down"));
        assertThat(Session.parse("holdfast_vips4 Static     master4    up     19:23:25.351  "))
                .isEmpty();
        assertThat(Session.parse("Name       Proto      Table      State  Since         Info"))
                .isEmpty();
    }
}
