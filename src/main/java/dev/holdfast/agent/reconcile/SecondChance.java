package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.DestinationKey;
import dev.holdfast.agent.kernel.Forwarding;
import dev.holdfast.agent.kernel.Marks;
import dev.holdfast.agent.kernel.Scheduling;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.watch.HostDesired;
import dev.holdfast.wire.Affinity;
import dev.holdfast.wire.Chance;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.HostService;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Protocol;
import dev.holdfast.wire.ServicePort;
import dev.holdfast.wire.VipAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// One port of a service whose packets of connections this host does not know are sent on to where
/// an earlier table had them.
///
/// TCP says which packet is the first; that one stays. UDP does not, so a packet of a flow that is
/// new to this host is asked of the earlier table as well, and its second hop is by the present
/// table: it leads back, and there the packet stays. IPVS remembers no flow of UDP here, for it
/// would follow its memory and not the mark.
///
/// A port has a firewall mark of its own, because the table hashes the destinations' port. How
/// often a packet was sent on already is told by the UDP port it comes to: one above the load
/// balancers' own after the first hop, two above after the second, and then it stays.
///
/// @param service name
/// @param hop 1 or 2
/// @param mark of packets to be sent on
/// @param table the earlier one
public record SecondChance(
        String service,
        IpAddress vip,
        Protocol protocol,
        int port,
        int hop,
        int mark,
        int tunnelPort,
        Chance table) {

    /// How often a packet is sent on at most.
    public static final int HOPS_MAX = 2;

    /// All of a host's, in a fixed order; none where there is no second chance: only packets in GUE
    /// can be sent on as they came.
    public static List<SecondChance> of(HostDesired desired) {
        if (Encapsulations.kind(desired.encapsulation()) != Encapsulation.Kind.GUE) {
            return List.of();
        }
        List<SecondChance> all = new ArrayList<>();
        Set<Integer> taken = new HashSet<>();
        Map<String, VipAddress> vips = new HashMap<>();
        desired.vips().sorted().values().forEach(vip -> vips.put(vip.name(), vip));
        for (HostService service : desired.services().sorted().values()) {
            VipAddress vip = vips.get(service.vip());
            if (vip != null && reaches(desired, vip.address())) {
                for (ServicePort port : service.ports()) {
                    all.addAll(of(desired, service, vip.address(), port, taken));
                }
            }
        }
        return all;
    }

    /// IPv4 does not come in IPv6; see [BackendHost].
    private static boolean reaches(HostDesired desired, IpAddress vip) {
        return desired.host().address().family() == Family.IPV4 || vip.family() == Family.IPV6;
    }

    private static List<SecondChance> of(
            HostDesired desired,
            HostService service,
            IpAddress vip,
            ServicePort port,
            Set<Integer> taken) {
        List<SecondChance> hops = new ArrayList<>();
        int number = Objects.requireNonNull(port.port());
        Protocol protocol = Objects.requireNonNull(port.protocol());
        String key = service.name() + (protocol == Protocol.TCP ? "/" : "/udp/") + number;
        int free = free(key, taken);
        List<Chance> chances = chances(service, protocol);
        for (int hop = 1; hop <= Math.min(HOPS_MAX, chances.size()); hop++) {
            hops.add(
                    new SecondChance(
                            service.name(),
                            vip,
                            protocol,
                            number,
                            hop,
                            (hop == 1 ? Marks.FIRST_HOP : Marks.SECOND_HOP) | free,
                            tunnelPort(desired, hop),
                            chances.get(hop - 1)));
        }
        return hops;
    }

    private static List<Chance> chances(HostService service, Protocol protocol) {
        return switch (protocol) {
            case TCP -> service.chances();
            case UDP -> Objects.requireNonNullElse(service.udpChances(), List.of());
        };
    }

    /// Where packets come that were sent on so often; 0 is from a load balancer.
    private static int tunnelPort(HostDesired desired, int hop) {
        return Encapsulations.guePort(desired.encapsulation()) + hop;
    }

    /// Where load balancers may send, the site's own port first: while a site changes from one port
    /// to another, hosts that send packets on are at either.
    public static List<Integer> tunnelPorts(HostDesired desired) {
        return desired.accepted().stream()
                .filter(one -> Encapsulations.kind(one) == Encapsulation.Kind.GUE)
                .map(Encapsulations::guePort)
                .toList();
    }

    /// Stays the same for a port while others come and go, but for the rare two that share a hash.
    private static int free(String key, Set<Integer> taken) {
        int mask = (1 << Marks.FREE_BITS) - 1;
        int number = key.hashCode() & mask;
        while (!taken.add(number)) {
            number = (number + 1) & mask;
        }
        return number;
    }

    /// Its table in IPVS.
    public ServiceKey.Marked key() {
        return ServiceKey.marked(vip.family(), mark);
    }

    TargetService target() {
        Set<Scheduling.Flag> flags = EnumSet.of(Scheduling.Flag.FALLBACK);
        if (table.affinity() == Affinity.CONNECTION) {
            flags.add(Scheduling.Flag.PORT);
        }
        if (protocol == Protocol.UDP) {
            flags.add(Scheduling.Flag.ONE_PACKET);
        }
        return new TargetService(
                service, key(), new Scheduling("mh", flags), destinations(table.destinations()));
    }

    private List<TargetDestination> destinations(Collection<Destination> table) {
        return table.stream()
                .map(one ->
                        new TargetDestination(
                                new DestinationKey(one.address(), port),
                                // An old load balancer knows nothing of GUE.
                                one.host() == null
                                        ? new Forwarding.Ipip()
                                        : new Forwarding.Gue(tunnelPort),
                                one.weight(),
                                TargetDestination.Serving.of(one)))
                .toList();
    }
}
