package dev.holdfast.agent.chance;

import dev.holdfast.agent.kernel.Marks;
import dev.holdfast.agent.reconcile.SecondChance;
import dev.holdfast.agent.watch.HostDesired;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.VipAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Writes the rules that mark packets: what stands in the table of one family.
///
/// A map is named after its elements: other elements are another map, which is there before a rule
/// leads to it.
///
/// `outer` is in the table of the host's own family. It remembers on the packet to which port it
/// came, before it is unwrapped; a mark survives that. `inner` is in the table of the VIP's family
/// and sees it unwrapped, after connection tracking has said whether it knows the connection.
///
/// `tracked` is there before any change: connection tracking begins with the first rule that asks
/// for it, and knows no connection from before.
///
/// A mark is no more than a wish: IPVS looks first whether it sent a packet of the same connection
/// on before, and sends this one after it, to the same port. So what came twice and is nobody's
/// here is answered with a reset before IPVS sees it, for the client to learn of it; and `sent`,
/// beside `outer`, lets nothing out whose hop does not lead to a higher port than it came to.
final class ChanceScript {

    /// The mark of what was sent on once, and of what was twice, while it is wrapped and after.
    static final int ONCE = Marks.OUTER | 1;

    static final int TWICE = Marks.OUTER | 2;

    /// The bits that say what a mark is for.
    private static final int USE = -(1 << Marks.FREE_BITS);

    private ChanceScript() {}

    /// @param learning names of services whose connections are tracked, and not asked for yet
    /// @return empty when this family's table has nothing to do
    static Optional<String> of(Family family, HostDesired host, Set<String> learning) {
        List<SecondChance> all =
                SecondChance.of(host).stream()
                        .filter(one -> !learning.contains(one.service()))
                        .toList();
        List<SecondChance> chances =
                all.stream().filter(one -> one.vip().family() == family).toList();
        Family underlay = host.host().address().family();
        String outer =
                family == underlay && !all.isEmpty() ? outer(SecondChance.tunnelPorts(host)) : "";
        String device = device(underlay, family);
        String tracked = isTracked(family, host, learning) ? tracked(device) : "";
        String inner = chances.isEmpty() ? "" : Unwrapped.rules(family, device, chances);
        return Optional.of(tracked + outer + inner).filter(text -> !text.isEmpty());
    }

    /// What tracks connections to VIPs of a family, and asks for none.
    static String tracked(Family family, HostDesired host) {
        return tracked(device(host.host().address().family(), family));
    }

    /// Whether connections to a VIP of this family may get a second chance some day.
    private static boolean isTracked(Family family, HostDesired host, Set<String> learning) {
        Set<String> vips =
                host.vips().sorted().values().stream()
                        .filter(vip -> vip.address().family() == family)
                        .map(VipAddress::name)
                        .collect(Collectors.toSet());
        return host.services().sorted().values().stream()
                .filter(service -> vips.contains(service.vip()))
                .anyMatch(service ->
                        Boolean.TRUE.equals(service.tracked())
                                || learning.contains(service.name()));
    }

    private static String tracked(String device) {
        return """
            chain tracked {
                type filter hook prerouting priority mangle; policy accept;
                iifname "%s" ct state established,related accept
            }
        """
                .formatted(device);
    }

    private static String outer(List<Integer> tunnelPorts) {
        return """
            chain outer {
                type filter hook prerouting priority raw; policy accept;
        %s    }
            chain sent {
                type filter hook output priority filter; policy accept;
        %s    }
        """
                .formatted(
                        tunnelPorts.stream()
                                .map(port -> came(port + 1, ONCE) + came(port + 2, TWICE))
                                .collect(Collectors.joining()),
                        tunnelPorts.stream()
                                .map(ChanceScript::goesRound)
                                .collect(Collectors.joining()));
    }

    private static String came(int port, int mark) {
        return "        udp dport %d meta mark set 0x%08x\n".formatted(port, mark);
    }

    private static String goesRound(int port) {
        return """
                meta mark 0x%1$08x udp dport %5$d counter drop
                meta mark 0x%1$08x udp dport %6$d counter drop
                meta mark 0x%2$08x udp dport %5$d counter drop
                meta mark 0x%2$08x udp dport %6$d counter drop
                meta mark & 0x%3$08x == 0x%4$08x udp dport %5$d counter drop
        """
                .formatted(ONCE, TWICE, USE, Marks.SECOND_HOP, port + 1, port + 2);
    }

    /// Where packets come out unwrapped; see `BackendHost`.
    private static String device(Family outer, Family inner) {
        return switch (outer) {
            case IPV4 ->
                    switch (inner) {
                        case IPV4 -> "tunl0";
                        case IPV6 -> "sit0";
                    };
            case IPV6 -> "ip6tnl0";
        };
    }
}
