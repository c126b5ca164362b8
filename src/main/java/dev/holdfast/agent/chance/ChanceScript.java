package dev.holdfast.agent.chance;

import dev.holdfast.agent.kernel.Marks;
import dev.holdfast.agent.reconcile.SecondChance;
import java.util.List;
import java.util.stream.Collectors;

/// Writes the rules that mark packets: what stands in their table.
///
/// A map is named after its elements: other elements are another map, which is there before a rule
/// leads to it.
///
/// `outer` remembers on the packet to which port it came, before it is unwrapped; a mark survives
/// that. `inner` sees it unwrapped, after connection tracking has said whether it knows the
/// connection. Whatever is taken in here has its mark taken off.
final class ChanceScript {

    private static final int ONCE = Marks.OUTER | 1;
    private static final int TWICE = Marks.OUTER | 2;

    private ChanceScript() {}

    /// @param chances at least one
    /// @param tunnelPorts to which load balancers send
    static String of(List<SecondChance> chances, List<Integer> tunnelPorts) {
        String claimed =
                chances.stream()
                        .filter(one -> one.hop() == 1)
                        .map(ChanceScript::place)
                        .collect(Collectors.joining(", "));
        String first = elements(chances, 1);
        String second = elements(chances, 2);
        return """
            chain outer {
                type filter hook prerouting priority raw; policy accept;
        %1$s    }
            set claimed_%4$s {
                type ipv4_addr . inet_service
                elements = { %5$s }
            }
            map first_%6$s {
                type ipv4_addr . inet_service : mark
                %7$s
            }
            map second_%8$s {
                type ipv4_addr . inet_service : mark
                %9$s
            }
            chain again {
                meta mark set 0
                meta mark set ip daddr . tcp dport map @second_%8$s counter
            }
            chain unwrapped {
                tcp flags & (fin | syn | rst | ack) == syn meta mark set 0 accept
                ct state established,related meta mark set 0 accept
                meta mark 0x%3$08x counter meta mark set 0 accept
                meta mark 0x%2$08x goto again
                meta mark set ip daddr . tcp dport map @first_%6$s counter
            }
            chain inner {
                type filter hook prerouting priority mangle; policy accept;
                iifname "tunl0" ip daddr . tcp dport @claimed_%4$s goto unwrapped
            }
        """
                .formatted(
                        outer(tunnelPorts),
                        ONCE,
                        TWICE,
                        name(claimed),
                        claimed,
                        name(first),
                        first,
                        name(second),
                        second);
    }

    private static String outer(List<Integer> tunnelPorts) {
        return tunnelPorts.stream()
                .map(port ->
                        "        udp dport %d meta mark set 0x%08x\n".formatted(port + 1, ONCE)
                                + "        udp dport %d meta mark set 0x%08x\n"
                                        .formatted(port + 2, TWICE))
                .collect(Collectors.joining());
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
