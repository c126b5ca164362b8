package dev.holdfast.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.kernel.DestinationKey;
import dev.holdfast.agent.kernel.FakeKernel;
import dev.holdfast.agent.kernel.Forwarding;
import dev.holdfast.agent.kernel.KernelDestination;
import dev.holdfast.agent.kernel.LinkState;
import dev.holdfast.agent.kernel.Marks;
import dev.holdfast.agent.kernel.ObservedTunnel;
import dev.holdfast.agent.kernel.Route;
import dev.holdfast.agent.kernel.Scheduling;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.kernel.Step;
import dev.holdfast.agent.kernel.Tunnel;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import dev.holdfast.wire.Protocol;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PlannerTest {

    private static final Prefix RANGE = Prefix.parse("198.51.100.0/24");
    private static final Route LOCAL = new Route(Route.Table.LOCAL, RANGE, "lo");
    private static final ServiceKey SHOP =
            ServiceKey.at(IpAddress.parse("198.51.100.1"), Protocol.TCP, 80);
    private static final ServiceKey FOREIGN =
            ServiceKey.at(IpAddress.parse("192.0.2.1"), Protocol.TCP, 80);
    private static final Scheduling MH = new Scheduling("mh", Set.of(Scheduling.Flag.FALLBACK));
    private static final Tunnel TUNNEL = tunnel("web1", "10.3.1.2", 5555);
    private static final Route INTO =
            new Route(Route.Table.MAIN, Prefix.parse("203.0.113.1/32"), "hf4-web1");

    private static Tunnel tunnel(String host, String remote, int port) {
        return new Tunnel(
                "hf4-" + host,
                Tunnel.Kind.IPIP,
                IpAddress.parse("10.2.1.2"),
                IpAddress.parse(remote),
                port,
                host);
    }

    private static TargetService shop() {
        return new TargetService(
                "shop",
                SHOP,
                MH,
                List.of(
                        new TargetDestination(
                                new DestinationKey(IpAddress.parse("203.0.113.1"), 80),
                                new Forwarding.Direct(),
                                1,
                                TargetDestination.Serving.YES)));
    }

    private static Target target(
            Map<String, Tunnel> tunnels, Set<Route> routes, Map<ServiceKey, TargetService> all) {
        return new Target(
                Role.LOAD_BALANCER,
                Set.of("ip_vs"),
                Map.of("net/ipv4/vs/sloppy_tcp", "1"),
                tunnels,
                routes,
                all,
                Set.of(),
                Set.of(),
                Set.of(),
                List.of(RANGE),
                List.of());
    }

    private static Target whole() {
        return target(Map.of(TUNNEL.name(), TUNNEL), Set.of(LOCAL, INTO), Map.of(SHOP, shop()));
    }

    private static Picture seen(
            List<Tunnel> tunnels, Set<Route> routes, Map<ServiceKey, SeenService> services) {
        Map<String, ObservedTunnel> byName = new TreeMap<>();
        tunnels.forEach(t -> byName.put(t.name(), new ObservedTunnel(t, LinkState.UP)));
        return new Picture(
                Set.of("ip_vs"),
                Map.of("net/ipv4/vs/sloppy_tcp", "1"),
                byName,
                routes,
                services,
                Set.of(),
                Set.of(),
                Map.of(),
                Set.of(),
                Set.of());
    }

    private static Map<ServiceKey, SeenService> programmed(ServiceKey... keys) {
        Map<ServiceKey, SeenService> services = new TreeMap<>();
        for (ServiceKey key : keys) {
            KernelDestination one =
                    new KernelDestination(
                            new DestinationKey(IpAddress.parse("203.0.113.1"), 80),
                            new Forwarding.Direct(),
                            1);
            services.put(
                    key, new SeenService(key, MH, List.of(new SeenDestination(one, 1, false))));
        }
        return services;
    }

    private static List<String> lines(List<Step> steps) {
        return steps.stream().map(s -> s.resource() + ": " + s.operation()).toList();
    }

    @Test
    void everythingExistsBeforeAnythingPointsAtItAndPacketsComeLast() {
        assertThat(lines(Planner.plan(whole(), Picture.EMPTY)))
                .containsExactly(
                        "module ip_vs: load",
                        "sysctl net/ipv4/vs/sloppy_tcp: set 1",
                        "tunnel hf4-web1: add hf4-web1 (ipip to web1, 10.3.1.2, fou port 5555)",
                        "route 203.0.113.1/32: add 203.0.113.1/32 dev hf4-web1",
                        "service TCP 198.51.100.1:80: add without a scheduler",
                        "service TCP 198.51.100.1:80: add destination 203.0.113.1:80 direct weight 1",
                        "service TCP 198.51.100.1:80: set mh [FALLBACK]",
                        "route 198.51.100.0/24: add local 198.51.100.0/24 dev lo");
    }

    @Test
    void everythingGoesAfterNothingPointsAtItAndPacketsStopFirst() {
        Target nothing = target(Map.of(), Set.of(), Map.of());
        Picture all = seen(List.of(TUNNEL), Set.of(LOCAL, INTO), programmed(SHOP));
        assertThat(lines(Planner.plan(nothing, all)))
                .containsExactly(
                        "route 198.51.100.0/24: remove local 198.51.100.0/24 dev lo",
                        "service TCP 198.51.100.1:80: remove",
                        "route 203.0.113.1/32: remove 203.0.113.1/32 dev hf4-web1",
                        "tunnel hf4-web1: remove");
    }

    @Test
    void whatIsThereIsLeftAlone() {
        Picture all = seen(List.of(TUNNEL), Set.of(LOCAL, INTO), programmed(SHOP));
        assertThat(Planner.plan(whole(), all)).isEmpty();
    }

    @Test
    void aServiceOutsideTheRangesIsNotOurs() {
        Picture both = seen(List.of(TUNNEL), Set.of(LOCAL, INTO), programmed(SHOP, FOREIGN));
        assertThat(Planner.plan(whole(), both)).isEmpty();
    }

    @Test
    void aServiceWithAMarkIsOursByItsMarkAlone() {
        ServiceKey probe = ServiceKey.marked(Family.IPV4, Marks.PROBE | 7);
        ServiceKey chance = ServiceKey.marked(Family.IPV6, Marks.SECOND_HOP | 0xfffff);
        ServiceKey somebodys = ServiceKey.marked(Family.IPV4, 0x48000001);
        ServiceKey another = ServiceKey.marked(Family.IPV4, 0x48500000);
        ServiceKey third = ServiceKey.marked(Family.IPV4, 0xc8200001);
        Picture all =
                seen(
                        List.of(TUNNEL),
                        Set.of(LOCAL, INTO),
                        programmed(SHOP, probe, chance, somebodys, another, third));
        assertThat(lines(Planner.plan(whole(), all)))
                .containsExactly(
                        "service IPV4 mark 0x48100007: remove",
                        "service IPV6 mark 0x483fffff: remove");
    }

    @Test
    void aServiceInARangeThatTheSiteHadIsOurs() {
        Route old = new Route(Route.Table.LOCAL, Prefix.parse("192.0.2.0/24"), "lo");
        Picture both = seen(List.of(TUNNEL), Set.of(LOCAL, INTO, old), programmed(SHOP, FOREIGN));
        assertThat(lines(Planner.plan(whole(), both)))
                .containsExactly(
                        "route 192.0.2.0/24: remove local 192.0.2.0/24 dev lo",
                        "service TCP 192.0.2.1:80: remove");
    }

    @Test
    void aTunnelWithTheSameEndsUnderAnotherNameGoesFirst() {
        Tunnel renamed = tunnel("www", "10.3.1.2", 5555);
        Route into = new Route(Route.Table.MAIN, INTO.prefix(), renamed.name());
        Target target =
                target(Map.of(renamed.name(), renamed), Set.of(LOCAL, into), Map.of(SHOP, shop()));
        Picture before = seen(List.of(TUNNEL), Set.of(LOCAL, INTO), programmed(SHOP));
        assertThat(lines(Planner.plan(target, before)))
                .containsExactly(
                        "tunnel hf4-web1: remove",
                        "tunnel hf4-www: add hf4-www (ipip to www, 10.3.1.2, fou port 5555)",
                        "route 203.0.113.1/32: add 203.0.113.1/32 dev hf4-www");
    }

    @Test
    void twoTunnelsCanSwapTheirEnds() {
        Tunnel a = tunnel("a", "10.3.1.2", 5555);
        Tunnel b = tunnel("b", "10.3.2.2", 5555);
        FakeKernel kernel = new FakeKernel();
        kernel.apply(List.of(new Step.AddTunnel(a), new Step.AddTunnel(b)));
        Tunnel a2 = tunnel("a", "10.3.2.2", 5555);
        Tunnel b2 = tunnel("b", "10.3.1.2", 5555);
        Target target = target(Map.of(a.name(), a2, b.name(), b2), Set.of(), Map.of());
        List<Step> steps = Planner.foundation(target, seen(List.of(a, b), Set.of(), Map.of()));
        assertThat(kernel.apply(steps)).isEmpty();
        assertThat(kernel.tunnels()).extracting(ObservedTunnel::tunnel).containsExactly(a2, b2);
    }

    @Test
    void aTunnelThatADestinationStillSendsToStays() {
        Target nothing = target(Map.of(), Set.of(LOCAL), Map.of());
        Picture all = seen(List.of(TUNNEL), Set.of(LOCAL, INTO), Map.of());
        IpAddress address = INTO.prefix().address();
        assertThat(Planner.cleanup(nothing, all, address::equals)).isEmpty();
        assertThat(Planner.cleanup(nothing, all, _ -> false)).hasSize(2);
    }

    @Test
    void whatCannotBeReachedStaysInTheTableAtWeightZero() {
        Picture bare = seen(List.of(), Set.of(LOCAL), Map.of());
        IpAddress address = INTO.prefix().address();
        assertThat(lines(Planner.services(whole(), bare, Set.of(address))))
                .containsExactly(
                        "service TCP 198.51.100.1:80: add without a scheduler",
                        "service TCP 198.51.100.1:80: add destination 203.0.113.1:80 direct weight 1",
                        "service TCP 198.51.100.1:80: set destination 203.0.113.1:80 direct weight 0",
                        "service TCP 198.51.100.1:80: set mh [FALLBACK]");
    }
}
