package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.DestinationKey;
import dev.holdfast.agent.kernel.Forwarding;
import dev.holdfast.agent.kernel.Route;
import dev.holdfast.agent.kernel.Scheduling;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.kernel.Tunnel;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.Affinity;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.HostAddress;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import dev.holdfast.wire.ServicePort;
import dev.holdfast.wire.ServiceState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What the kernel of a load balancer should hold.
final class LoadBalancer {

    /// Global to the network namespace, so no more of them than forwarding without state needs.
    private static final Map<String, String> SYSCTLS =
            Map.of(
                    // A packet in mid-stream is scheduled by the table, as if it were the first.
                    "net/ipv4/vs/sloppy_tcp", "1",
                    // So is the packet inside an ICMP error: path MTU discovery reaches the
                    // backend.
                    "net/ipv4/vs/schedule_icmp", "1",
                    // Either of these would drop packets in mid-stream that are new to this
                    // machine.
                    "net/ipv4/vs/drop_entry", "0",
                    "net/ipv4/vs/drop_packet", "0",
                    // A destination that goes for its place and comes back finds its connections.
                    // Those that are to be cut are cut in a moment of its own.
                    "net/ipv4/vs/expire_nodest_conn", "0");

    private final NodeDesired desired;
    private final TableSize size;
    private final Forwarding forwarding;
    private final Map<String, Tunnel> tunnels = new HashMap<>();
    private final Set<Route> routes = new HashSet<>();
    private final Map<ServiceKey, TargetService> services = new HashMap<>();
    private final List<Failure> impossible = new ArrayList<>();

    private LoadBalancer(NodeDesired desired, TableSize size) {
        this.desired = desired;
        this.size = size;
        this.forwarding = forwarding(desired.encapsulation());
    }

    /// All of it.
    ///
    /// @param size of the kernel's tables
    static Target target(NodeDesired desired, TableSize size) {
        LoadBalancer all = new LoadBalancer(desired, size);
        all.hosts(desired.hosts().sorted().values());
        all.services(desired.services().sorted().values());
        all.probes();
        for (Prefix range : desired.vipRanges()) {
            all.routes.add(new Route(Route.Table.LOCAL, range, "lo"));
        }
        Set<String> modules = all.modules();
        modules.addAll(Set.of("ip_vs", "ip_vs_mh"));
        if (all.services.keySet().stream().anyMatch(ServiceKey.Marked.class::isInstance)) {
            modules.add("ip_vs_rr");
        }
        return all.build(modules, SYSCTLS);
    }

    /// The part that differs between two states; empty when that is not a part but the whole.
    static Optional<Part> difference(NodeDesired from, NodeDesired to, TableSize size) {
        if (!from.encapsulation().equals(to.encapsulation())
                || !from.vipRanges().equals(to.vipRanges())
                || !from.node().address().equals(to.node().address())
                || ProbePaths.differ(from, to)
                || otherHostsAreReached(from, to)) {
            return Optional.empty();
        }
        LoadBalancer part = new LoadBalancer(to, size);
        Set<ServiceKey> keys = new HashSet<>();
        for (String name : to.services().differences(from.services())) {
            part.services(present(to.services().get(name)));
            keys.addAll(keys(from.services().get(name)));
            keys.addAll(keys(to.services().get(name)));
        }
        Set<String> links = new HashSet<>();
        for (String name : to.hosts().differences(from.hosts())) {
            part.hosts(present(to.hosts().get(name)));
            links.add(TunnelNames.of(name, Family.IPV4));
            links.add(TunnelNames.of(name, Family.IPV6));
        }
        return Optional.of(new Part(part.build(part.modules(), Map.of()), new Scope(keys, links)));
    }

    /// Whether a host moves to the other family: its services are sent to, or no longer, although
    /// nothing of them changed.
    private static boolean otherHostsAreReached(NodeDesired from, NodeDesired to) {
        return to.hosts().differences(from.hosts()).stream()
                .anyMatch(name -> {
                    HostAddress before = from.hosts().get(name);
                    HostAddress after = to.hosts().get(name);
                    return before != null
                            && after != null
                            && before.address().family() != after.address().family();
                });
    }

    private Target build(Set<String> modules, Map<String, String> sysctls) {
        return new Target(
                Role.LOAD_BALANCER,
                modules,
                sysctls,
                tunnels,
                routes,
                services,
                Set.of(),
                Set.of(),
                Set.of(),
                desired.vipRanges(),
                impossible);
    }

    private Set<String> modules() {
        Set<String> modules = new HashSet<>();
        for (Tunnel tunnel : tunnels.values()) {
            modules.addAll(
                    switch (tunnel.kind()) {
                        case IPIP -> Set.of("fou", "ipip");
                        case SIT -> Set.of("fou", "sit");
                        case IP6TNL -> Set.of("fou6", "ip6_tunnel");
                    });
        }
        return modules;
    }

    /// A host that cannot have a tunnel has none, and that hurts nobody: what would be sent through
    /// it says so.
    private void hosts(Collection<HostAddress> hosts) {
        if (!FouTunnels.areWanted(desired)) {
            return;
        }
        for (HostAddress host : hosts) {
            for (IpAddress inner : host.tunnelAddresses()) {
                FouTunnels.to(desired, host, inner.family())
                        .ifPresent(tunnel -> {
                            tunnels.put(tunnel.name(), tunnel);
                            routes.add(
                                    new Route(Route.Table.MAIN, Prefix.host(inner), tunnel.name()));
                        });
            }
        }
    }

    private void services(Collection<ServiceState> states) {
        for (ServiceState state : states) {
            Fitting.failure(state, size).ifPresent(impossible::add);
            Set<Scheduling.Flag> flags = EnumSet.of(Scheduling.Flag.FALLBACK);
            if (state.affinity() == Affinity.CONNECTION) {
                flags.add(Scheduling.Flag.PORT);
            }
            for (ServiceKey.At key : keys(state)) {
                services.put(
                        key,
                        new TargetService(
                                state.name(),
                                key,
                                new Scheduling("mh", flags),
                                Fitting.of(state, size).stream()
                                        .map(one -> destination(key, one))
                                        .toList()));
                unreached(state, key).ifPresent(impossible::add);
            }
        }
    }

    /// What of a service should get packets and cannot.
    private Optional<Failure> unreached(ServiceState state, ServiceKey.At key) {
        List<Destination> all =
                Fitting.of(state, size).stream()
                        .filter(Destination::serving)
                        .filter(one -> obstacle(one.host(), key.family()).isPresent())
                        .toList();
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Destination first = all.getFirst();
        return Optional.of(
                new Failure(
                        "service " + state.name() + " " + key.part(),
                        "send to "
                                + first.called()
                                + (all.size() == 1 ? "" : " and %d more".formatted(all.size() - 1)),
                        obstacle(first.host(), key.family()).orElseThrow()));
    }

    private Optional<String> obstacle(@Nullable String host, Family inner) {
        HostAddress there = host == null ? null : desired.hosts().get(host);
        return there == null ? Optional.empty() : FouTunnels.obstacle(desired, there, inner);
    }

    /// One IPVS service for each host that is probed from here, by the mark that probes carry: the
    /// host is its only destination, so that a probe takes the way that clients' packets take.
    private void probes() {
        for (ProbePath path : ProbePaths.of(desired)) {
            services.put(
                    path.key(),
                    new TargetService(
                            "probes of " + path.host(),
                            path.key(),
                            // A conversation in UDP must leave nothing behind: the next probe from
                            // the same port may be for another host.
                            new Scheduling("rr", EnumSet.of(Scheduling.Flag.ONE_PACKET)),
                            List.of(
                                    new TargetDestination(
                                            new DestinationKey(path.address(), 0),
                                            forwarding,
                                            1,
                                            serving(path.host(), path.key().family())))));
        }
    }

    private TargetDestination destination(ServiceKey.At key, Destination one) {
        return new TargetDestination(
                new DestinationKey(one.address(), key.port()),
                // An old load balancer knows nothing of the site's tunnels; every Linux takes IPIP
                // apart.
                one.host() == null ? new Forwarding.Ipip() : forwarding,
                one.weight(),
                serving(one, key.family()));
    }

    /// What cannot be reached from here stays in the table, so that only its own share of the flows
    /// moves.
    private TargetDestination.Serving serving(Destination one, Family inner) {
        return one.serving() ? serving(one.host(), inner) : TargetDestination.Serving.of(one);
    }

    private TargetDestination.Serving serving(@Nullable String host, Family inner) {
        return obstacle(host, inner).isEmpty()
                ? TargetDestination.Serving.YES
                : TargetDestination.Serving.NO;
    }

    private static Forwarding forwarding(Encapsulation encapsulation) {
        return switch (Encapsulations.kind(encapsulation)) {
            case FOU -> new Forwarding.Direct();
            case GUE -> new Forwarding.Gue(Encapsulations.guePort(encapsulation));
            case IPIP -> new Forwarding.Ipip();
        };
    }

    private static Set<ServiceKey.At> keys(@Nullable ServiceState state) {
        Set<ServiceKey.At> keys = new HashSet<>();
        for (ServiceState one : present(state)) {
            for (ServicePort port : one.ports()) {
                keys.add(
                        ServiceKey.at(
                                one.vip().address(),
                                Objects.requireNonNull(port.protocol()),
                                Objects.requireNonNull(port.port())));
            }
        }
        return keys;
    }

    private static <T> List<T> present(@Nullable T value) {
        return value == null ? List.of() : List.of(value);
    }
}
