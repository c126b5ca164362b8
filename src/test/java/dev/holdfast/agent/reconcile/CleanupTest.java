package dev.holdfast.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.kernel.DestinationKey;
import dev.holdfast.agent.kernel.FakeKernel;
import dev.holdfast.agent.kernel.Forwarding;
import dev.holdfast.agent.kernel.KernelDestination;
import dev.holdfast.agent.kernel.KernelException;
import dev.holdfast.agent.kernel.Scheduling;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.kernel.Step;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CleanupTest {

    private final FakeKernel kernel = new FakeKernel();
    private Map<String, Object> before = Map.of();

    @BeforeEach
    void operatorsOwn() {
        kernel.addForeignLink("hfoperator");
        ServiceKey key = ServiceKey.at(IpAddress.parse("192.0.2.10"), Protocol.TCP, 80);
        kernel.apply(
                List.of(
                        new Step.LoadModule("ip_vs"),
                        new Step.AddService(key, new Scheduling("rr", Set.of())),
                        new Step.AddDestination(
                                key,
                                new KernelDestination(
                                        new DestinationKey(IpAddress.parse("10.9.0.1"), 80),
                                        new Forwarding.Ipip(),
                                        1))));
        before = kernel.dump();
        SiteModel site = new SiteModel("e1", Encapsulation.Kind.FOU).putService("shop", 3);
        site.putService("shop6", 2);
        assertThat(new Reconciler(kernel).full(site.desired()).failures()).isEmpty();
        assertThat(kernel.dump()).isNotEqualTo(before);
    }

    /// An agent that lost its disk too: the ranges are not known, but where they are routed is.
    @Test
    void allThatIsOursGoesAndWhatIsNotStays() {
        Outcome outcome = new Reconciler(kernel).cleanup(Role.LOAD_BALANCER, List.of());
        assertThat(outcome.failures()).isEmpty();
        for (String kind : List.of("routes", "services", "addresses")) {
            assertThat(kernel.dump().get(kind)).as(kind).isEqualTo(before.get(kind));
        }
        assertThat(kernel.tunnels()).isEmpty();
        assertThat(kernel.links(Set.of("hfoperator"))).hasSize(1);
    }

    @Test
    void theListTakesNothingAwayAndTheSecondTimeThereIsNothing() throws KernelException {
        Map<String, Object> full = kernel.dump();
        List<Step> steps = new Reconciler(kernel).planCleanup(Role.LOAD_BALANCER, List.of());
        assertThat(steps).isNotEmpty();
        assertThat(kernel.dump()).isEqualTo(full);
        assertThat(new Reconciler(kernel).cleanup(Role.LOAD_BALANCER, List.of()).taken())
                .containsExactlyInAnyOrderElementsOf(steps);
        assertThat(new Reconciler(kernel).planCleanup(Role.LOAD_BALANCER, List.of())).isEmpty();
    }
}
