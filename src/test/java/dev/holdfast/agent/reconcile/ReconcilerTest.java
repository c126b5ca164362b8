package dev.holdfast.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.kernel.DestinationKey;
import dev.holdfast.agent.kernel.FakeKernel;
import dev.holdfast.agent.kernel.Forwarding;
import dev.holdfast.agent.kernel.KernelDestination;
import dev.holdfast.agent.kernel.Scheduling;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.kernel.Step;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Protocol;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReconcilerTest {

    private final FakeKernel kernel = new FakeKernel();
    private final Reconciler reconciler = new Reconciler(kernel);

    private ServiceKey.At tcp(SiteModel site, String service) {
        return kernel.services().stream()
                .map(s -> (ServiceKey.At) s.key())
                .filter(key -> key.protocol() == Protocol.TCP)
                .filter(key -> key.address().equals(site.vip(service)))
                .findFirst()
                .orElseThrow();
    }

    private List<Integer> weights(ServiceKey key) {
        return kernel.entries(key).stream().map(e -> e.destination().weight()).toList();
    }

    @Test
    void aPictureThatTurnsOutWrongIsLookedAtAgain() {
        SiteModel site = new SiteModel("e1").putService("shop", 2);
        reconciler.change(site.desired());
        ServiceKey key = tcp(site, "shop");
        kernel.apply(List.of(new Step.RemoveService(key)));
        Outcome outcome = reconciler.change(site.putService("shop", 3).desired());
        assertThat(outcome.failures()).isEmpty();
        assertThat(weights(key)).containsExactly(1, 2, 3);
    }

    @Test
    void aListThatLeavesAServiceOutIsNotBelieved() {
        SiteModel site = new SiteModel("e1").putService("shop", 3).disable("shop", "web1");
        reconciler.full(site.desired());
        ServiceKey key = tcp(site, "shop");
        kernel.taken().clear();

        kernel.leaveOut(Set.of(key));
        assertThat(reconciler.full(site.desired()).taken()).isEmpty();
        assertThat(reconciler.seen(key)).isPresent();
        assertThat(new Reconciler(kernel).full(site.desired()).failures())
                .as("by one that does not know it yet")
                .isEmpty();
    }

    @Test
    void whoIsDisabledLosesItsConnectionsAndNobodyElseDoes() {
        SiteModel site = new SiteModel("e1").putService("shop", 3);
        reconciler.change(site.desired());
        ServiceKey key = tcp(site, "shop");
        List<DestinationKey> order =
                kernel.entries(key).stream().map(e -> e.destination().key()).toList();
        order.forEach(one -> kernel.connect(key, one));
        kernel.taken().clear();

        Outcome outcome = reconciler.change(site.disable("shop", "web0").desired());

        assertThat(outcome.failures()).isEmpty();
        assertThat(weights(key)).containsExactly(0, 2, 3);
        assertThat(kernel.entries(key)).extracting(FakeKernel.Entry::lastWeight).contains(1);
        assertThat(kernel.entries(key))
                .extracting(e -> e.destination().key())
                .containsExactlyElementsOf(order);
        assertThat(kernel.service(key).orElseThrow().connected())
                .containsExactlyInAnyOrder(order.get(1), order.get(2));
        kernel.taken().clear();
        assertThat(reconciler.full(site.desired()).taken()).isEmpty();
    }

    @Test
    void theConnectionsOfAllServicesAreCutTogether() {
        SiteModel site = new SiteModel("e1").putService("mail", 3).putService("shop", 3);
        reconciler.full(site.desired());
        kernel.taken().clear();

        reconciler.full(
                site.disable("mail", "web0")
                        .disable("shop", "web0")
                        .putService("shop", 2)
                        .desired());

        List<Boolean> cuts =
                kernel.taken().stream().map(Step.CutDestination.class::isInstance).toList();
        long blocks =
                IntStream.range(0, cuts.size())
                        .filter(i -> cuts.get(i) && (i == 0 || !cuts.get(i - 1)))
                        .count();
        assertThat(blocks).as("%s", kernel.taken()).isLessThanOrEqualTo(2);
        assertThat(cuts).contains(true);
    }

    @Test
    void whoeverComesToADisabledBackendAllTheSameIsCutInTheNextRound() {
        SiteModel site = new SiteModel("e1").putService("shop", 2).disable("shop", "web1");
        reconciler.change(site.desired());
        ServiceKey key = tcp(site, "shop");
        assertThat(reconciler.full(site.desired()).taken()).isEmpty();
        kernel.connect(key, kernel.entries(key).get(1).destination().key());

        assertThat(reconciler.full(site.desired()).taken())
                .hasAtLeastOneElementOfType(Step.CutDestination.class);

        assertThat(kernel.service(key).orElseThrow().connected()).isEmpty();
        assertThat(weights(key)).containsExactly(1, 0);
    }

    @Test
    void aRefusedStepIsReportedAndTheRestGoesOn() {
        SiteModel site = new SiteModel("e1").putService("mail", 2).putService("shop", 2);
        kernel.refuse(step ->
                step instanceof Step.AddService(ServiceKey.At key, Scheduling _)
                        && key.address().equals(site.vip("mail"))
                        && key.protocol() == Protocol.TCP);
        Outcome outcome = reconciler.change(site.desired());
        assertThat(outcome.failures())
                .containsExactly(
                        new Failure(
                                "service mail TCP 80",
                                "add without a scheduler",
                                "EPERM: Operation not permitted"));
        assertThat(weights(tcp(site, "shop"))).containsExactly(1, 2);
        kernel.refuse(_ -> false);
        assertThat(reconciler.change(site.desired()).failures()).isEmpty();
        assertThat(weights(tcp(site, "mail"))).containsExactly(1, 2);
    }

    @Test
    void aBackendWhoseTunnelCannotBeMadeIsHeldInTheTableUntilItCan() {
        SiteModel site = new SiteModel("e1", Encapsulation.Kind.FOU).putService("shop", 3);
        kernel.addForeignLink("hf4-web1");
        Outcome outcome = reconciler.change(site.desired());
        assertThat(outcome.failures())
                .extracting(Failure::resource)
                .containsExactly("tunnel hf4-web1");
        assertThat(kernel.routes()).noneMatch(route -> route.link().equals("hf4-web1"));
        ServiceKey key = tcp(site, "shop");
        assertThat(weights(key)).containsExactly(1, 0, 3);
        assertThat(kernel.entries(key).get(1).lastWeight()).isEqualTo(2);
        kernel.apply(List.of(new Step.RemoveTunnel("hf4-web1")));
        assertThat(reconciler.full(site.desired()).failures()).isEmpty();
        assertThat(weights(key)).containsExactly(1, 2, 3);
    }

    @Test
    void aHostThatNoTunnelReachesHurtsNobodyWhileNothingUsesIt() {
        SiteModel site = new SiteModel("e1", Encapsulation.Kind.FOU).putService("shop", 2);
        reconciler.change(site.desired());

        Outcome outcome = reconciler.change(site.putHost("web9", "2001:db8:9::2").desired());

        assertThat(outcome.failures()).isEmpty();
        assertThat(kernel.tunnels()).hasSize(2 * 2);
        assertThat(reconciler.full(site.desired()).failures()).isEmpty();
        int before = kernel.looks();
        reconciler.change(site.putService("shop", 3).desired());
        int looks = kernel.looks() - before;
        reconciler.full(site.desired());
        assertThat(looks).as("a delta, and no full round").isLessThan(10);
    }

    @Test
    void aBackendThatNoTunnelReachesIsHeldInTheTableAndSaysWhy() {
        SiteModel site =
                new SiteModel("e1", Encapsulation.Kind.FOU)
                        .putService("shop", 2)
                        .putService("mail", 1)
                        .putHost("web9", "2001:db8:9::2");
        reconciler.change(site.desired());

        Outcome outcome = reconciler.change(site.join("shop", "web9").desired());

        assertThat(outcome.failures())
                .containsExactlyInAnyOrder(unreached("TCP 80"), unreached("UDP 53"));
        ServiceKey key = tcp(site, "shop");
        assertThat(weights(key)).containsExactly(1, 2, 0);
        assertThat(kernel.entries(key).getLast().lastWeight()).isEqualTo(1);
        assertThat(reconciler.full(site.desired()).taken()).isEmpty();

        reconciler.change(site.putHost("web9", "10.3.9.2").desired());
        assertThat(reconciler.full(site.desired()).failures()).isEmpty();
        assertThat(weights(key)).containsExactly(1, 2, 1);
        Outcome moved = reconciler.change(site.putHost("web9", "2001:db8:9::2").desired());
        assertThat(moved.failures())
                .containsExactlyInAnyOrder(unreached("TCP 80"), unreached("UDP 53"));
        assertThat(weights(key)).containsExactly(1, 2, 0);
    }

    private static Failure unreached(String port) {
        return new Failure(
                "service shop " + port,
                "send to web9",
                "host web9 at 2001:db8:9::2 has no FOU tunnel from this node's 10.2.1.2"
                        + " (expected: both of one family)");
    }

    @Test
    void aNodeOfTheOtherFamilyReachesNoBackendAndSaysSo() {
        SiteModel site =
                new SiteModel("e1", Encapsulation.Kind.FOU)
                        .moveNode("2001:db8:7::2")
                        .putService("shop", 2);

        Outcome outcome = reconciler.full(site.desired());

        assertThat(outcome.failures())
                .hasSize(2)
                .allSatisfy(failure -> {
                    assertThat(failure.operation()).isEqualTo("send to web0 and 1 more");
                    assertThat(failure.error()).contains("this node's 2001:db8:7::2");
                });
        assertThat(kernel.tunnels()).isEmpty();
        assertThat(weights(tcp(site, "shop"))).containsExactly(0, 0);
    }

    @Test
    void aKernelThatDoesNotKeepWhatItTookIsReported() {
        SiteModel site = new SiteModel("e1").putService("shop", 1);
        kernel.ignore(Step.SetSysctl.class::isInstance);
        assertThat(reconciler.change(site.desired()).failures())
                .extracting(Failure::error)
                .containsOnly("taken, but the kernel does not show it")
                .hasSize(2);
    }

    @Test
    void driftIsMendedByAFullRound() {
        SiteModel site = new SiteModel("e1").putService("shop", 3);
        reconciler.change(site.desired());
        ServiceKey key = tcp(site, "shop");
        KernelDestination stranger =
                new KernelDestination(
                        new DestinationKey(IpAddress.parse("10.9.9.9"), 80),
                        new Forwarding.Foreign("masquerade"),
                        7);
        kernel.apply(
                List.of(
                        new Step.AddDestination(key, stranger),
                        new Step.EditService(key, new Scheduling("rr", Set.of()))));
        Outcome outcome = reconciler.full(site.desired());
        assertThat(outcome.failures()).isEmpty();
        assertThat(outcome.taken()).hasSize(2);
        assertThat(weights(key)).containsExactly(1, 2, 3);
        assertThat(reconciler.full(site.desired()).taken()).isEmpty();
    }
}
