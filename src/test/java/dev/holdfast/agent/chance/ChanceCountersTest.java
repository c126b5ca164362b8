package dev.holdfast.agent.chance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.duty.Findings;
import dev.holdfast.agent.kernel.KernelException;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.reconcile.Outcome;
import dev.holdfast.agent.reconcile.SecondChance;
import dev.holdfast.agent.watch.HostDesired;
import dev.holdfast.agent.watch.HostModel;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.Report;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChanceCountersTest {

    private static final Outcome OUTCOME = new Outcome(List.of(), List.of());
    private static final String CHANCE =
            """
            {"affinity": "CONNECTION", "destinations":
             [{"host": "be1", "ordinal": 1, "address": "10.3.1.2", "weight": 1, "serving": true}]}\
            """;
    private static final HostDesired HOST =
            host(
                    """
                    {"name": "shop", "vip": "shop", "ports": [{"protocol": "TCP", "port": 80}],
                     "chances": [%1$s, %1$s]},
                    {"name": "mail", "vip": "shop", "ports": [{"protocol": "TCP", "port": 25}],
                     "chances": [%1$s]}\
                    """
                            .formatted(CHANCE));

    private final Map<ServiceKey, Long> kernel = new HashMap<>();
    private final ChanceCounters counters = new ChanceCounters(() -> kernel);

    private static HostDesired host(String services) {
        return HostModel.of(
                "{\"kind\": \"GUE\", \"port\": 6080}", "198.51.100.1", "[" + services + "]");
    }

    private void takes(String service, int hop, long packets) {
        SecondChance chance =
                SecondChance.of(HOST).stream()
                        .filter(one -> one.service().equals(service) && one.hop() == hop)
                        .findFirst()
                        .orElseThrow();
        kernel.put(ServiceKey.marked(Family.IPV4, chance.mark()), packets);
    }

    private List<Report.Chances> told() {
        Findings findings = new Findings();
        counters.tell(findings);
        return findings.chances();
    }

    @Test
    void theHopsOfAServiceAreCountedTogether() {
        takes("shop", 1, 5);
        takes("shop", 2, 2);
        takes("mail", 1, 1);
        kernel.put(ServiceKey.marked(Family.IPV4, 7), 99L);

        assertThat(counters.after(HOST, OUTCOME)).isEmpty();

        assertThat(told())
                .containsExactly(new Report.Chances("mail", 1), new Report.Chances("shop", 7));
    }

    @Test
    void aTableThatIsMadeAgainDoesNotTurnTheCountBack() {
        takes("shop", 1, 5);
        counters.after(HOST, OUTCOME);
        takes("shop", 1, 8);
        counters.after(HOST, OUTCOME);
        takes("shop", 1, 2);
        counters.after(HOST, OUTCOME);

        assertThat(told()).contains(new Report.Chances("shop", 10));
    }

    @Test
    void aServiceThatIsGoneIsNotToldOf() {
        takes("shop", 1, 5);
        counters.after(HOST, OUTCOME);
        counters.after(host(""), OUTCOME);

        assertThat(told()).isEmpty();
    }

    @Test
    void aKernelThatDoesNotTellIsAFailureAndNotTheEnd() {
        ChanceCounters deaf =
                new ChanceCounters(() -> {
                    throw new KernelException("no ip_vs");
                });
        assertThat(deaf.after(HOST, OUTCOME)).hasSize(1);
    }
}
