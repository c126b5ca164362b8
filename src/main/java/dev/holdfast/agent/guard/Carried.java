package dev.holdfast.agent.guard;

import dev.holdfast.agent.kernel.Kernel;
import dev.holdfast.agent.kernel.KernelDestination;
import dev.holdfast.agent.kernel.KernelException;
import dev.holdfast.agent.kernel.KernelService;
import dev.holdfast.agent.kernel.Route;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.agent.watch.HostDesired;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import dev.holdfast.wire.ServiceState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;

/// What a machine carries.
///
/// @param serving each service, and who serves it: on a backend host nobody but itself, so nobody
///   is named. Two of these can be compared when they were read in the same way: by name, or by
///   address
record Carried(SortedMap<String, Set<String>> serving) {

    /// What a state asks for, by the names of services and hosts. On a load balancer a VIP that is
    /// in none of its ranges gets no packets, so what is behind it is not carried.
    static Carried byName(DesiredState state) {
        return switch (state) {
            case NodeDesired node ->
                    of(
                            node,
                            node.services().sorted().values(),
                            ServiceState::name,
                            Destination::called);
            case HostDesired host -> onHost(host.services().sorted().keySet());
        };
    }

    /// As above, of these services only.
    static Carried byName(DesiredState state, Set<String> services) {
        return switch (state) {
            case NodeDesired node ->
                    of(
                            node,
                            services.stream().flatMap(name -> one(node, name)).toList(),
                            ServiceState::name,
                            Destination::called);
            case HostDesired host ->
                    onHost(
                            services.stream()
                                    .filter(name -> host.services().get(name) != null)
                                    .toList());
        };
    }

    private static Stream<ServiceState> one(NodeDesired node, String service) {
        return Stream.ofNullable(node.services().get(service));
    }

    /// The names of the services that two states of a machine do not carry alike; empty when more
    /// than services may make a difference.
    static Optional<Set<String>> differing(DesiredState live, DesiredState next) {
        if (live instanceof NodeDesired node
                && next instanceof NodeDesired then
                && node.vipRanges().equals(then.vipRanges())) {
            return Optional.of(then.services().differences(node.services()));
        }
        return live instanceof HostDesired host && next instanceof HostDesired then
                ? Optional.of(then.services().differences(host.services()))
                : Optional.empty();
    }

    /// What a state asks for, by the addresses of VIPs and destinations.
    static Carried byAddress(DesiredState state) {
        return switch (state) {
            case NodeDesired node ->
                    of(
                            node,
                            node.services().sorted().values(),
                            service -> service.vip().address().toString(),
                            one -> one.address().toString());
            case HostDesired host ->
                    onHost(
                            host.vips().sorted().values().stream()
                                    .map(vip -> vip.address().toString())
                                    .toList());
        };
    }

    /// What the kernel does.
    ///
    /// @param next the state of this machine's role that is to come
    static Carried inKernel(Kernel kernel, DesiredState next) throws KernelException {
        return switch (next) {
            case NodeDesired node -> inIpvs(kernel, node.vipRanges());
            case HostDesired _ ->
                    onHost(
                            kernel.addresses().stream()
                                    .map(own -> own.address().toString())
                                    .toList());
        };
    }

    private static Carried onHost(Collection<String> services) {
        SortedMap<String, Set<String>> serving = new TreeMap<>();
        services.forEach(service -> serving.put(service, Set.of()));
        return new Carried(serving);
    }

    /// What IPVS does for addresses that are routed to it by us, or by whoever the ranges belong
    /// to.
    private static Carried inIpvs(Kernel kernel, List<Prefix> ranges) throws KernelException {
        List<Prefix> ours = new ArrayList<>(ranges);
        for (Route route : kernel.routes()) {
            if (route.table() == Route.Table.LOCAL) {
                ours.add(route.prefix());
            }
        }
        SortedMap<String, Set<String>> serving = new TreeMap<>();
        for (KernelService service : kernel.services()) {
            if (service.key() instanceof ServiceKey.At at && within(ours, at.address())) {
                Set<String> hosts =
                        serving.computeIfAbsent(at.address().toString(), _ -> new HashSet<>());
                for (KernelDestination one : service.destinations()) {
                    if (one.weight() > 0) {
                        hosts.add(one.key().address().toString());
                    }
                }
            }
        }
        return new Carried(serving);
    }

    private static Carried of(
            NodeDesired state,
            Collection<ServiceState> services,
            Function<ServiceState, String> service,
            Function<Destination, String> destination) {
        SortedMap<String, Set<String>> serving = new TreeMap<>();
        for (ServiceState one : services) {
            if (within(state.vipRanges(), one.vip().address())) {
                Set<String> hosts =
                        serving.computeIfAbsent(service.apply(one), _ -> new HashSet<>());
                one.destinations().stream()
                        .filter(Destination::serving)
                        .map(destination)
                        .forEach(hosts::add);
            }
        }
        return new Carried(serving);
    }

    private static boolean within(List<Prefix> ranges, IpAddress address) {
        return ranges.stream().anyMatch(range -> range.contains(address));
    }
}
