package dev.holdfast.agent.chance;

import dev.holdfast.agent.reconcile.SecondChance;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.Protocol;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// The rules for packets that are unwrapped: which of them a host keeps, and which get the mark of
/// their next hop.
///
/// Of TCP it keeps the first of a connection and what it knows. Of UDP it keeps what it knows: a
/// flow is known once an answer was seen, and what nobody knows has come back after two hops, and
/// stays.
final class Unwrapped {

    private static final String WAY =
            """
                    iifname "%device%" %ip% daddr . %l4% dport @%l4%_claimed_%claimed% goto %l4%_unwrapped
            """;

    private static final String MAPS =
            """
                set %l4%_claimed_%claimed% {
                    type %key%
                    elements = { %places% }
                }
                map %l4%_first_%first% {
                    type %key% : mark
                    %firstHops%
                }
                map %l4%_second_%second% {
                    type %key% : mark
                    %secondHops%
                }
                chain %l4%_again {
                    meta mark set %ip% daddr . %l4% dport map @%l4%_second_%second% counter
                }
            """;

    private Unwrapped() {}

    /// @param device on which they come out
    /// @param chances of one family of VIPs, one or more
    static String rules(Family family, String device, List<SecondChance> chances) {
        StringBuilder text = new StringBuilder();
        StringBuilder ways = new StringBuilder();
        for (Protocol protocol : Protocol.values()) {
            List<SecondChance> some =
                    chances.stream().filter(one -> one.protocol() == protocol).toList();
            if (!some.isEmpty()) {
                Words words = Words.of(family, protocol, some);
                text.append(words.fill(places(protocol)));
                ways.append(words.fill(WAY).replace("%device%", device));
            }
        }
        return text
                + """
                    chain inner {
                        type filter hook prerouting priority mangle; policy accept;
                %s    }
                """
                        .formatted(ways);
    }

    private static String places(Protocol protocol) {
        return MAPS
                + switch (protocol) {
                    case TCP ->
                            """
                                chain tcp_unwrapped {
                                    tcp flags & (fin | syn | rst | ack) == syn accept
                                    ct state established,related accept
                                    meta mark %twice% counter reject with tcp reset
                                    meta mark %once% goto tcp_again
                                    meta mark set %ip% daddr . tcp dport map @tcp_first_%first% counter
                                }
                            """;
                    case UDP ->
                            """
                                chain udp_unwrapped {
                                    ct state established,related accept
                                    meta mark %twice% accept
                                    meta mark %once% goto udp_again
                                    meta mark set %ip% daddr . udp dport map @udp_first_%first% counter
                                }
                            """;
                };
    }

    /// What stands for the words between `%` in the rules of one family and protocol.
    private record Words(Map<String, String> meanings) {

        static Words of(Family family, Protocol protocol, List<SecondChance> chances) {
            String ip =
                    switch (family) {
                        case IPV4 -> "ip";
                        case IPV6 -> "ip6";
                    };
            String address =
                    switch (family) {
                        case IPV4 -> "ipv4_addr";
                        case IPV6 -> "ipv6_addr";
                    };
            String places =
                    chances.stream()
                            .filter(one -> one.hop() == 1)
                            .map(Unwrapped::place)
                            .collect(Collectors.joining(", "));
            String first = elements(chances, 1);
            String second = elements(chances, 2);
            return new Words(
                    Map.ofEntries(
                            Map.entry("l4", protocol.name().toLowerCase(Locale.ROOT)),
                            Map.entry("ip", ip),
                            Map.entry("key", address + " . inet_service"),
                            Map.entry("once", "0x%08x".formatted(ChanceScript.ONCE)),
                            Map.entry("twice", "0x%08x".formatted(ChanceScript.TWICE)),
                            Map.entry("places", places),
                            Map.entry("claimed", name(places)),
                            Map.entry("firstHops", first),
                            Map.entry("first", name(first)),
                            Map.entry("secondHops", second),
                            Map.entry("second", name(second))));
        }

        String fill(String text) {
            String filled = text;
            for (var meaning : meanings.entrySet()) {
                filled = filled.replace("%" + meaning.getKey() + "%", meaning.getValue());
            }
            return filled;
        }
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
