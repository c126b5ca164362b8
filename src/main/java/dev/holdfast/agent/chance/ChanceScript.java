package dev.holdfast.agent.chance;

import dev.holdfast.agent.kernel.Marks;
import dev.holdfast.agent.reconcile.SecondChance;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/// Writes the rules that mark packets, for `nft -f`: a table that replaces the one before.
///
/// `outer` remembers on the packet to which port it came, before it is unwrapped; a mark survives
/// that. `inner` sees it unwrapped, after connection tracking has said whether it knows the
/// connection. Whatever is taken in here has its mark taken off.
record ChanceScript(String text, String seal) {

    static final String TABLE = "holdfast-chance";

    private static final int ONCE = Marks.OUTER | 1;
    private static final int TWICE = Marks.OUTER | 2;

    /// @param chances at least one
    /// @param tunnelPort to which load balancers send
    static ChanceScript of(List<SecondChance> chances, int tunnelPort) {
        String body =
                """
                    chain outer {
                        type filter hook prerouting priority raw; policy accept;
                        udp dport %d meta mark set 0x%08x
                        udp dport %d meta mark set 0x%08x
                    }
                    set claimed {
                        type ipv4_addr . inet_service
                        elements = { %s }
                    }
                    map first {
                        type ipv4_addr . inet_service : mark
                        %s
                    }
                    map second {
                        type ipv4_addr . inet_service : mark
                        %s
                    }
                    chain again {
                        meta mark set 0
                        meta mark set ip daddr . tcp dport map @second counter
                    }
                    chain unwrapped {
                        tcp flags & (fin | syn | rst | ack) == syn meta mark set 0 accept
                        ct state established,related meta mark set 0 accept
                        meta mark 0x%08x counter meta mark set 0 accept
                        meta mark 0x%08x goto again
                        meta mark set ip daddr . tcp dport map @first counter
                    }
                    chain inner {
                        type filter hook prerouting priority mangle; policy accept;
                        iifname "tunl0" ip daddr . tcp dport @claimed goto unwrapped
                    }
                }
                """
                        .formatted(
                                tunnelPort + 1,
                                ONCE,
                                tunnelPort + 2,
                                TWICE,
                                chances.stream()
                                        .filter(one -> one.hop() == 1)
                                        .map(ChanceScript::place)
                                        .collect(Collectors.joining(", ")),
                                elements(chances, 1),
                                elements(chances, 2),
                                TWICE,
                                ONCE);
        String seal = "hf:" + UUID.nameUUIDFromBytes(body.getBytes(StandardCharsets.UTF_8));
        // The first line makes the second one valid where there is no such table yet.
        String head =
                "table ip %1$s\ndelete table ip %1$s\ntable ip %1$s {\n    comment \"%2$s\"\n"
                        .formatted(TABLE, seal);
        return new ChanceScript(head + body, seal);
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
