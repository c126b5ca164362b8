package dev.holdfast.agent.filter;

import static dev.holdfast.agent.filter.Bench.PORT;
import static dev.holdfast.agent.filter.Bench.VIP4;
import static dev.holdfast.agent.filter.Sample.prefixes;
import static dev.holdfast.agent.filter.Sample.rules;
import static dev.holdfast.agent.filter.Sample.service;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.tool.ToolException;
import dev.holdfast.lab.InGuest;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An operator chooses another engine on a machine that carries traffic.
@InGuest
class EngineSwitchLabTest {
    private static final FilterRules SITE =
            rules(
                    service("shop", VIP4, List.of("udp/" + PORT), prefixes("10.1.0.0/16")),
                    service("six", "2001:db8:1::1", List.of("udp/" + PORT), null));
    private static final List<Engine> ENGINES =
            List.of(new Nftables(), new Iptables("iptables-nft"), new Iptables("iptables-legacy"));

    @TempDir Path directory;

    @BeforeAll
    static void prepare() {
        Bench.prepare();
    }

    @Test
    void noPacketIsLostOrLetInAndOneEngineIsLeft() throws Exception {
        try (Bench bench = new Bench()) {
            switchTo(new Nftables());
            Trickle.Count count =
                    Trickle.during(
                            bench,
                            () -> {
                                for (int round = 0; round < 2; round++) {
                                    for (Engine engine : ENGINES) {
                                        switchTo(engine);
                                    }
                                    switchTo(ENGINES.get(round));
                                }
                            });
            System.out.println("8 changes of engine: " + count);
            assertThat(count.sent()).isGreaterThan(20);
            assertThat(count.lost()).isZero();
            assertThat(count.leaked()).isZero();
        }
    }

    @Test
    void noEngineTakesAwayWhatAnotherOneLeft() throws ToolException {
        for (Engine engine : ENGINES) {
            switchTo(engine);
            switchTo(new NoEngine());
            for (Engine each : ENGINES) {
                assertThat(each.read()).isEqualTo(Listing.EMPTY);
            }
        }
    }

    private void switchTo(Engine engine) throws ToolException {
        PacketFilter filter = new PacketFilter(engine, directory.resolve("filter"));
        assertThat(filter.ensure(SITE)).isNotInstanceOf(FilterOutcome.Refused.class);
        for (Engine each : ENGINES) {
            assertThat(each.read().isEmpty()).isEqualTo(!each.equals(engine));
        }
    }
}
