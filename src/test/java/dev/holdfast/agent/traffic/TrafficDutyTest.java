package dev.holdfast.agent.traffic;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.duty.Findings;
import dev.holdfast.agent.kernel.DestinationKey;
import dev.holdfast.agent.kernel.KernelException;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.kernel.Traffic;
import dev.holdfast.agent.reconcile.Outcome;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Protocol;
import dev.holdfast.wire.Report;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrafficDutyTest {
    private static final Outcome OUTCOME = new Outcome(List.of(), List.of());

    private final SiteModel site = new SiteModel("e1").putService("shop", 2);
    private final NodeDesired state = site.desired();
    private int reads;

    private Traffic traffic(Protocol protocol, int port, String host, long connections) {
        return new Traffic(
                ServiceKey.at(site.vip("shop"), protocol, port),
                new DestinationKey(IpAddress.parse(host), port),
                connections,
                10 * connections,
                1_000 * connections);
    }

    private List<Traffic> read() {
        reads++;
        return List.of(
                traffic(Protocol.TCP, 80, "10.3.0.2", 3),
                traffic(Protocol.UDP, 53, "10.3.0.2", 4),
                traffic(Protocol.TCP, 80, "10.3.1.2", 0),
                new Traffic(
                        ServiceKey.at(IpAddress.parse("192.0.2.10"), Protocol.TCP, 80),
                        new DestinationKey(IpAddress.parse("10.3.0.2"), 80),
                        9,
                        9,
                        9));
    }

    private static List<Report.Counters> told(TrafficDuty duty) {
        Findings findings = new Findings();
        duty.tell(findings);
        return findings.counters();
    }

    @Test
    void thePortsOfAServiceAreCountedTogetherAndWhatIsNotOursIsNot() {
        TrafficDuty duty = new TrafficDuty(this::read);
        duty.after(state, OUTCOME);
        assertThat(duty.after(state, OUTCOME)).isEmpty();
        assertThat(told(duty)).containsExactly(new Report.Counters("shop", "web0", 7, 70, 7_000));
    }

    @Test
    void aNewRevisionDoesNotPayForReadingEverything() {
        TrafficDuty duty = new TrafficDuty(this::read);
        duty.after(state, OUTCOME);
        duty.after(site.putService("shop", 3).desired(), OUTCOME);
        assertThat(reads).isZero();
    }

    @Test
    void whatIsCountedIsOfTheRevisionThatRan() {
        TrafficDuty duty = new TrafficDuty(this::read);
        duty.after(state, OUTCOME);
        NodeDesired next = site.putService("shop", 3).desired();
        duty.after(next, OUTCOME);
        duty.after(next, OUTCOME);
        duty.after(site.putService("shop", 2).desired(), OUTCOME);

        assertThat(reads).isEqualTo(1);
        Findings findings = new Findings();
        duty.tell(findings);
        assertThat(findings.countedRevision()).isEqualTo(next.revision());
    }

    @Test
    void aKernelThatDoesNotTellIsAFailureAndNotTheEnd() {
        TrafficDuty duty =
                new TrafficDuty(() -> {
                    throw new KernelException("no ip_vs");
                });
        duty.after(state, OUTCOME);
        assertThat(duty.after(state, OUTCOME)).hasSize(1);
        assertThat(told(duty)).isEmpty();
    }
}
