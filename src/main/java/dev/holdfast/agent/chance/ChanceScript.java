package dev.holdfast.agent.chance;

import dev.holdfast.agent.kernel.Marks;
import dev.holdfast.agent.reconcile.SecondChance;
import dev.holdfast.agent.watch.HostDesired;
import dev.holdfast.wire.Family;
import java.util.List;
import java.util.Optional;
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
/// A mark is no more than a wish: IPVS looks first whether it sent a packet of the same connection
/// on before, and sends this one after it, to the same port. So what came twice and is nobody's
/// here is answered with a reset before IPVS sees it, for the client to learn of it; and `sent`,
/// beside `outer`, lets nothing out whose hop does not lead to a higher port than it came to.
final class ChanceScript {

    private static final int ONCE = Marks.OUTER | 1;
    private static final int TWICE = Marks.OUTER | 2;

    /// The bits that say what a mark is for.
    private static final int USE = -(1 << Marks.FREE_BITS);

    private ChanceScript() {}

    /// @return empty when this family's table has nothing to do
    static Optional<String> of(Family family, HostDesired host) {
        List<SecondChance> all = SecondChance.of(host);
        List<SecondChance> chances =
                all.stream().filter(one -> one.vip().family() == family).toList();
        Family underlay = host.host().address().family();
        String outer =
                family == underlay && !all.isEmpty() ? outer(SecondChance.tunnelPorts(host)) : "";
        String inner = chances.isEmpty() ? "" : inner(family, device(underlay, family), chances);
        return Optional.of(outer + inner).filter(text -> !text.isEmpty());
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

    private static String inner(Family family, String device, List<SecondChance> chances) {
        String protocol =
                switch (family) {
                    case IPV4 -> "ip";
                    case IPV6 -> "ip6";
                };
        String key =
                switch (family) {
                    case IPV4 -> "ipv4_addr . inet_service";
                    case IPV6 -> "ipv6_addr . inet_service";
                };
        String claimed =
                chances.stream()
                        .filter(one -> one.hop() == 1)
                        .map(ChanceScript::place)
                        .collect(Collectors.joining(", "));
        String first = elements(chances, 1);
        String second = elements(chances, 2);
        return """
            set claimed_%3$s {
                type %10$s
                elements = { %4$s }
            }
            map first_%5$s {
                type %10$s : mark
                %6$s
            }
            map second_%7$s {
                type %10$s : mark
                %8$s
            }
            chain again {
                meta mark set %9$s daddr . tcp dport map @second_%7$s counter
            }
            chain unwrapped {
                tcp flags & (fin | syn | rst | ack) == syn accept
                ct state established,related accept
                meta mark 0x%2$08x counter reject with tcp reset
                meta mark 0x%1$08x goto again
                meta mark set %9$s daddr . tcp dport map @first_%5$s counter
            }
            chain inner {
                type filter hook prerouting priority mangle; policy accept;
                iifname "%11$s" %9$s daddr . tcp dport @claimed_%3$s goto unwrapped
            }
        """
                .formatted(
                        ONCE,
                        TWICE,
                        name(claimed),
                        claimed,
                        name(first),
                        first,
                        name(second),
                        second,
                        protocol,
                        key,
                        device);
    }

    private static String name(String elements) {
        return "%08x".formatted(elements.hashCode());
    }

    private static String elements(List<SecondChance> chances, int hop) {
        String marks =
                chances.stream()
                        .filter(one -> one.hop() == hop)
                        .map(one -> "%s : 0x%08x".formatted(place(one), one.mark()))
                        .collect(Collectors.joining(", "));
        return marks.isEmpty() ? "" : "elements = { " + marks + " }";
    }

    private static String place(SecondChance one) {
        return one.vip() + " . " + one.port();
    }
}
