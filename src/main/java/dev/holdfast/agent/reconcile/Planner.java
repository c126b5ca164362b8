package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.Forwarding;
import dev.holdfast.agent.kernel.LinkState;
import dev.holdfast.agent.kernel.Listener;
import dev.holdfast.agent.kernel.Marks;
import dev.holdfast.agent.kernel.ObservedTunnel;
import dev.holdfast.agent.kernel.Route;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.kernel.Step;
import dev.holdfast.agent.kernel.Tunnel;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/// Desired minus observed is steps. Pure: no clock, no kernel.
///
/// The order is MAKE-BEFORE-BREAK: first what others stand on ([#foundation], [#tunnelRoutes]),
/// then what carries traffic ([#services]), then what nothing points at any more ([#cleanup]). Each
/// part is planned against what the one before it really left behind.
public final class Planner {

    private Planner() {}

    /// All steps, if every one of them is taken.
    public static List<Step> plan(Target target, Picture seen) {
        List<Step> steps = new ArrayList<>(foundation(target, seen));
        Set<Route> left = new HashSet<>(seen.routes());
        for (Step step : steps) {
            if (step instanceof Step.RemoveTunnel(String name)) {
                left.removeIf(route -> route.link().equals(name));
            }
        }
        steps.addAll(tunnelRoutes(target, left, target.tunnels().keySet()));
        steps.addAll(services(target, seen, Set.of()));
        steps.addAll(cleanup(target, seen, pointedAt(target)::contains));
        return steps;
    }

    /// Modules, sysctls, links, listeners, tunnels.
    static List<Step> foundation(Target target, Picture seen) {
        List<Step> steps = new ArrayList<>();
        for (String module : new TreeSet<>(target.modules())) {
            if (!seen.modules().contains(module)) {
                steps.add(new Step.LoadModule(module));
            }
        }
        new TreeMap<>(target.sysctls())
                .forEach((name, value) -> {
                    if (!value.equals(seen.sysctls().get(name))) {
                        steps.add(new Step.SetSysctl(name, value));
                    }
                });
        for (String link : new TreeSet<>(target.linksUp())) {
            if (seen.links().get(link) != LinkState.UP) {
                steps.add(new Step.SetLinkUp(link));
            }
        }
        for (Listener listener : new TreeSet<>(seen.opened())) {
            if (isInTheWay(listener, target)) {
                steps.add(new Step.RemoveListener(listener));
            }
        }
        new TreeSet<>(target.listeners())
                .stream()
                        .filter(listener -> !seen.listeners().contains(listener))
                        .forEach(listener -> steps.add(new Step.AddListener(listener)));
        steps.addAll(tunnels(target, seen));
        return steps;
    }

    /// The routes to tunnel addresses.
    ///
    /// @param usable tunnels that are there: a link of that name may also be somebody else's
    static List<Step> tunnelRoutes(Target target, Set<Route> seen, Set<String> usable) {
        List<Step> steps = new ArrayList<>();
        for (Route route : new TreeSet<>(target.routes())) {
            if (route.table() == Route.Table.LOCAL
                    || seen.contains(route)
                    || !usable.contains(route.link())) {
                continue;
            }
            for (Route other : new TreeSet<>(seen)) {
                if (other.table() == route.table() && other.prefix().equals(route.prefix())) {
                    steps.add(new Step.RemoveRoute(other));
                }
            }
            steps.add(new Step.AddRoute(route));
        }
        return steps;
    }

    /// IPVS services and their destinations; and last what brings packets to them.
    ///
    /// The kernel takes its time over connections that are cut, so those of all services are cut
    /// together: first where a destination comes back, last where it goes for good.
    ///
    /// @param unreachable addresses whose tunnel could not be made: held at weight 0
    static List<Step> services(Target target, Picture seen, Set<IpAddress> unreachable) {
        List<Step> steps = new ArrayList<>();
        List<Step> between = new ArrayList<>();
        List<Step> last = new ArrayList<>();
        SortedMap<ServiceKey, List<Step>> planned = new TreeMap<>();
        target.services()
                .forEach((key, service) -> {
                    List<Step> some =
                            ServicePlanner.plan(
                                    service.holding(unreachable), seen.services().get(key));
                    if (!some.isEmpty()) {
                        planned.put(key, some);
                    }
                });
        planned.forEach((key, some) -> {
            TargetService service = Objects.requireNonNull(target.services().get(key));
            for (Step step : some) {
                if (!(step instanceof Step.CutDestination cut)) {
                    between.add(step);
                } else if (service.has(cut.destination().key())) {
                    steps.add(step);
                } else {
                    last.add(step);
                }
            }
        });
        steps.addAll(between);
        for (Route route : new TreeSet<>(target.routes())) {
            if (route.table() == Route.Table.LOCAL && !seen.routes().contains(route)) {
                steps.add(new Step.AddRoute(route));
            }
        }
        for (Prefix address : new TreeSet<>(target.addresses())) {
            if (!seen.addresses().contains(address) && !seen.foreignAddresses().contains(address)) {
                steps.add(new Step.AddAddress(address));
            }
        }
        steps.addAll(last);
        return steps;
    }

    /// What brings packets goes first; then services; then tunnels that no destination needs, and
    /// listeners that nobody sends to.
    ///
    /// @param pointedAt whether a destination still sends to an address
    static List<Step> cleanup(Target target, Picture seen, Predicate<IpAddress> pointedAt) {
        List<Step> steps = new ArrayList<>();
        Set<Prefix> owned = new HashSet<>(target.owned());
        Set<Route> routes = new TreeSet<>(seen.routes());
        routes.removeAll(target.routes());
        for (Route route : routes) {
            if (route.table() == Route.Table.LOCAL) {
                owned.add(route.prefix()); // a range the site had: its services are ours too
                steps.add(new Step.RemoveRoute(route));
            }
        }
        for (Prefix address : new TreeSet<>(seen.addresses())) {
            if (!target.addresses().contains(address)) {
                steps.add(new Step.RemoveAddress(address));
            }
        }
        seen.services().keySet().stream()
                .filter(key -> !target.services().containsKey(key) && isOurs(key, owned))
                .sorted()
                .forEach(key -> steps.add(new Step.RemoveService(key)));
        Set<String> needed = new HashSet<>();
        for (Route route : routes) {
            if (route.table() == Route.Table.MAIN && target.tunnels().get(route.link()) == null) {
                if (pointedAt.test(route.prefix().address())) {
                    needed.add(route.link());
                } else {
                    steps.add(new Step.RemoveRoute(route));
                }
            }
        }
        for (String name : new TreeSet<>(seen.tunnels().keySet())) {
            if (!target.tunnels().containsKey(name) && !needed.contains(name)) {
                steps.add(new Step.RemoveTunnel(name));
            }
        }
        for (Listener listener : new TreeSet<>(seen.opened())) {
            if (!target.listeners().contains(listener) && !isInTheWay(listener, target)) {
                steps.add(new Step.RemoveListener(listener));
            }
        }
        return steps;
    }

    /// Whether a listener has a port that is to take other packets from now on.
    private static boolean isInTheWay(Listener listener, Target target) {
        return target.listeners().stream().anyMatch(listener::isInTheWayOf);
    }

    private static boolean isOurs(ServiceKey key, Set<Prefix> owned) {
        return switch (key) {
            case ServiceKey.At at -> owned.stream().anyMatch(range -> range.contains(at.address()));
            case ServiceKey.Marked marked -> Marks.isOurs(marked.mark());
        };
    }

    /// Two tunnels with the same ends cannot exist side by side, whatever their names and ports. So
    /// all that stands in the way goes first, and its routes with it.
    private static List<Step> tunnels(Target target, Picture seen) {
        List<Step> steps = new ArrayList<>();
        Set<Ends> wanted = new HashSet<>();
        target.tunnels().values().forEach(tunnel -> wanted.add(Ends.of(tunnel)));
        Set<String> gone = new TreeSet<>();
        seen.tunnels()
                .forEach((name, there) -> {
                    Tunnel want = target.tunnels().get(name);
                    boolean inTheWay =
                            want == null
                                    ? wanted.contains(Ends.of(there.tunnel()))
                                    : !want.equals(there.tunnel());
                    if (inTheWay) {
                        gone.add(name);
                    }
                });
        gone.forEach(name -> steps.add(new Step.RemoveTunnel(name)));
        new TreeMap<>(target.tunnels())
                .forEach((name, tunnel) -> {
                    ObservedTunnel there = seen.tunnels().get(name);
                    if (there == null || gone.contains(name)) {
                        steps.add(new Step.AddTunnel(tunnel));
                    } else if (there.state() == LinkState.DOWN) {
                        steps.add(new Step.SetLinkUp(name));
                    }
                });
        return steps;
    }

    /// What the kernel tells tunnels apart by.
    private record Ends(Tunnel.Kind kind, IpAddress local, IpAddress remote) {

        static Ends of(Tunnel tunnel) {
            return new Ends(tunnel.kind(), tunnel.local(), tunnel.remote());
        }
    }

    private static Set<IpAddress> pointedAt(Target target) {
        Set<IpAddress> addresses = new HashSet<>();
        for (TargetService service : target.services().values()) {
            for (TargetDestination one : service.destinations()) {
                if (one.forwarding() instanceof Forwarding.Direct) {
                    addresses.add(one.key().address());
                }
            }
        }
        return addresses;
    }
}
