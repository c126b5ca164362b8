package dev.holdfast.agent.chance;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What nftables does to a packet's mark by the rules of a script. It knows the words that the
/// rules have today and fails at any other, so that no rule is overlooked.
final class Rules {

    private static final Pattern PLACE =
            Pattern.compile(
                    "^ *(chain|set|map) (\\S+) \\{\n(.*?)^    \\}",
                    Pattern.MULTILINE | Pattern.DOTALL);
    private static final Pattern ELEMENT =
            Pattern.compile("(\\S+ \\. \\d+)(?: : (0x\\p{XDigit}+))?");
    private static final Pattern WORDS =
            Pattern.compile(
                    """
                    (?<hook>type \\S+ hook .*)\
                    |udp dport (?<udp>\\d+)\
                    |iifname "(?<device>\\S+)"\
                    |(?<syn>tcp flags & \\(fin \\| syn \\| rst \\| ack\\) == syn)\
                    |(?<known>ct state established,related)\
                    |meta mark set ip6? daddr \\. (?<l4map>tcp|udp) dport map @(?<map>\\S+)\
                    |meta mark set (?<put>0x\\p{XDigit}+|0)\\b\
                    |meta mark & (?<bits>0x\\p{XDigit}+) == (?<use>0x\\p{XDigit}+)\
                    |meta mark (?<mark>0x\\p{XDigit}+)\
                    |ip6? daddr \\. (?<l4set>tcp|udp) dport @(?<set>\\S+)\
                    |(?<counter>counter)\
                    |(?<accept>accept)\
                    |(?<drop>drop|reject with tcp reset)\
                    |goto (?<goto>\\S+)\
                    """);

    /// @param udp the port that it came to, or leaves for, wrapped
    /// @param device on which it comes out unwrapped
    /// @param l4 `tcp` or `udp`, once it is unwrapped
    /// @param place VIP and port, as in a set's elements
    /// @param syn whether it is the first of a connection
    /// @param known whether connection tracking knows its connection
    record Packet(int udp, String device, String l4, String place, boolean syn, boolean known) {}

    /// No mark at all.
    static final int DROPPED = -1;

    private final Map<String, List<String>> chains = new LinkedHashMap<>();
    private final Map<String, Map<String, Integer>> elements = new HashMap<>();

    Rules(String script) {
        Matcher place = PLACE.matcher(script);
        while (place.find()) {
            String body = word(place, 3);
            if (word(place, 1).equals("chain")) {
                chains.put(word(place, 2), body.lines().map(String::strip).toList());
            } else {
                elements.put(word(place, 2), read(body));
            }
        }
    }

    private static Map<String, Integer> read(String body) {
        Map<String, Integer> read = new HashMap<>();
        Matcher element = ELEMENT.matcher(body);
        while (element.find()) {
            String mark = element.group(2);
            read.put(word(element, 1), mark == null ? 0 : Integer.decode(mark));
        }
        return read;
    }

    private static String word(Matcher found, int group) {
        return Objects.requireNonNull(found.group(group));
    }

    /// @param chain which may be missing
    /// @return the mark it leaves with, or [#DROPPED]
    int walk(String chain, Packet packet, int mark) {
        int now = mark;
        for (String rule : chains.getOrDefault(chain, List.of())) {
            Step step = follow(rule, packet, now);
            now = step.mark();
            if (step.verdict() != null) {
                return step.verdict().isEmpty() ? now : goOn(step.verdict(), packet, now);
            }
        }
        return now;
    }

    private int goOn(String chain, Packet packet, int mark) {
        if (!chains.containsKey(chain)) {
            throw new AssertionError("chain: " + chain + " (expected: one of " + chains + ")");
        }
        return walk(chain, packet, mark);
    }

    /// @param verdict where to go to for good, empty when it is taken, null when the next rule
    ///   follows
    private record Step(int mark, @Nullable String verdict) {}

    private Step follow(String rule, Packet packet, int mark) {
        int now = mark;
        Matcher words = WORDS.matcher(rule);
        int at = 0;
        while (at < rule.length()) {
            if (!words.find(at) || words.start() != at) {
                throw new AssertionError("rule: " + rule + " (expected: words that are known)");
            }
            if (words.group("hook") != null || !matches(words, packet, now)) {
                return new Step(now, null);
            }
            if (words.group("put") != null) {
                now = Integer.decode(words.group("put"));
            } else if (words.group("map") != null) {
                now = element(words.group("map"), packet);
            } else if (words.group("accept") != null) {
                return new Step(now, "");
            } else if (words.group("drop") != null) {
                return new Step(DROPPED, "");
            } else if (words.group("goto") != null) {
                return new Step(now, words.group("goto"));
            }
            at = words.end() + (words.end() < rule.length() ? 1 : 0);
        }
        return new Step(now, null);
    }

    private boolean matches(Matcher words, Packet packet, int mark) {
        if (words.group("udp") != null) {
            return Integer.parseInt(words.group("udp")) == packet.udp();
        } else if (words.group("device") != null) {
            return words.group("device").equals(packet.device());
        } else if (words.group("syn") != null) {
            return packet.syn();
        } else if (words.group("known") != null) {
            return packet.known();
        } else if (words.group("mark") != null) {
            return Integer.decode(words.group("mark")) == mark;
        } else if (words.group("bits") != null) {
            return (mark & bits(words, "bits")) == bits(words, "use");
        } else if (words.group("set") != null) {
            return packet.l4().equals(words.group("l4set"))
                    && in(words.group("set")).containsKey(packet.place());
        } else if (words.group("map") != null) {
            return packet.l4().equals(words.group("l4map"))
                    && in(words.group("map")).containsKey(packet.place());
        }
        return true;
    }

    private static int bits(Matcher words, String name) {
        String number = Objects.requireNonNull(words.group(name));
        return Integer.parseUnsignedInt(number.substring(2), 16);
    }

    private int element(String map, Packet packet) {
        return Objects.requireNonNull(in(map).get(packet.place()));
    }

    private Map<String, Integer> in(String name) {
        return Objects.requireNonNull(elements.get(name), name);
    }
}
