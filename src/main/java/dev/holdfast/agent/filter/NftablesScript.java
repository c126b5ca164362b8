package dev.holdfast.agent.filter;

import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Writes the filter for `nft -f`.
///
/// A packet to a VIP is looked up once, by address, protocol and port, however many services there
/// are. A long list of sources is a set, and services with the same list share it, because the
/// kernel looks for sets by walking all of them. A short list is plain rules.
///
/// No set is ever edited: its name has a hash of what it holds, so that [NftablesChange] can put
/// another one beside it.
final class NftablesScript {
    static final String TABLE = "holdfast";

    /// Before the `filter` priority (0), where operators' own rules are, and IPVS (98).
    private static final String HOOK =
            "type filter hook input priority filter - 10; policy accept;";

    private static final int PLAIN_SOURCES_MAX = 8;

    private final Map<String, Block> blocks = new LinkedHashMap<>();

    /// A set, a map or a chain.
    ///
    /// @param place what it is, and its name
    /// @param rules of a chain, each with its mark
    record Block(String place, String text, List<Listing.Line> rules) {}

    NftablesScript(FilterRules desired) {
        List<Rule> doors = new ArrayList<>();
        for (Words words : List.of(Words.V4, Words.V6)) {
            List<Prefix> ranges = desired.vipRanges(words.family);
            if (!ranges.isEmpty()) {
                String guarded = set("ranges" + words.digit, words.type, "interval", plain(ranges));
                family(words, desired.services(words.family));
                doors.add(new Rule(words.ip + " daddr @" + guarded + " goto vip" + words.digit));
            }
        }
        chain("input", HOOK, doors);
    }

    /// All of it, in place of whatever table of ours is there.
    String text() {
        // The first line makes the second one valid where there is no such table yet.
        return "table inet holdfast\ndelete table inet holdfast\n" + table(blocks.values());
    }

    /// These alone, beside what is in the table already.
    static String table(Collection<Block> some) {
        StringBuilder text = new StringBuilder("table inet holdfast {\n");
        some.forEach(block -> text.append(block.text()));
        return text.append("}\n").toString();
    }

    Collection<Block> blocks() {
        return blocks.values();
    }

    /// Each rule with its place and mark.
    List<Listing.Line> rules() {
        return blocks.values().stream().flatMap(block -> block.rules().stream()).toList();
    }

    private void family(Words words, List<FilteredService> services) {
        List<String> addresses =
                services.stream()
                        .map(FilteredService::vip)
                        .distinct()
                        .map(IpAddress::toString)
                        .toList();
        String vips = set("vips" + words.digit, words.type, "", addresses);
        String errors =
                set(
                        "errors" + words.digit,
                        words.icmp + "_type",
                        "",
                        List.of(words.errors.split(" ", -1)));
        services.forEach(service -> chainOf(service, words));
        String claims = claims(words, services);
        chain(
                "vip" + words.digit,
                "",
                List.of(
                        new Rule(
                                "%s daddr . meta l4proto . th dport vmap @%s"
                                        .formatted(words.ip, claims)),
                        new Rule("%s type @%s counter accept".formatted(words.icmp, errors)),
                        new Rule(
                                "%s daddr @%s %s type echo-request counter accept"
                                        .formatted(words.ip, vips, words.icmp)),
                        new Rule("counter drop")));
    }

    private void chainOf(FilteredService service, Words words) {
        List<Prefix> sources = service.allowedSources();
        if (sources == null) {
            return;
        }
        List<Rule> lines = new ArrayList<>();
        if (sources.size() > PLAIN_SOURCES_MAX) {
            String set = set("sources" + words.digit, words.type, "interval", plain(sources));
            lines.add(new Rule(words.ip + " saddr @" + set + " counter accept", service.name()));
        } else {
            for (Prefix source : sources) {
                lines.add(
                        new Rule(
                                words.ip + " saddr " + source + " counter accept", service.name()));
            }
        }
        lines.add(new Rule("counter drop", service.name()));
        chain("service-" + service.name(), "", lines);
    }

    private String claims(Words words, List<FilteredService> services) {
        List<String> elements = new ArrayList<>();
        for (FilteredService service : services) {
            String verdict =
                    service.allowedSources() == null ? "accept" : "goto service-" + service.name();
            for (FilteredService.Port port : service.ports()) {
                elements.add(
                        "%s . %s . %d comment \"%s\" : %s"
                                .formatted(
                                        service.vip(),
                                        port.protocol().name().toLowerCase(Locale.ROOT),
                                        port.port(),
                                        service.name(),
                                        verdict));
            }
        }
        String type = words.type + " . inet_proto . inet_service : verdict";
        return container("map", "services" + words.digit, type, "", elements);
    }

    private String set(String name, String type, String flags, List<String> elements) {
        return container("set", name, type, flags, elements);
    }

    /// @return its name, by which rules refer to it
    private String container(
            String kind, String prefix, String type, String flags, List<String> elements) {
        StringBuilder text = new StringBuilder();
        text.append("\t\ttype ").append(type).append('\n');
        if (!flags.isEmpty()) {
            text.append("\t\tflags ").append(flags).append('\n');
        }
        if (!elements.isEmpty()) {
            // One to a line, so that `nft`, when it complains of one, does not print all of them.
            text.append("\t\telements = {\n\t\t\t");
            text.append(String.join(",\n\t\t\t", elements));
            text.append("\n\t\t}\n");
        }
        String name = prefix + "-" + Mark.ofText(text.toString());
        block(kind + " " + name, text.toString(), List.of());
        return name;
    }

    private void chain(String name, String hook, List<Rule> lines) {
        StringBuilder text = new StringBuilder();
        List<Listing.Line> rules = new ArrayList<>();
        if (!hook.isEmpty()) {
            text.append("\t\t").append(hook).append('\n');
        }
        for (int i = 0; i < lines.size(); i++) {
            Rule rule = lines.get(i);
            String mark = Mark.ofRule(name, i + 1, hook + rule.text);
            text.append("\t\t").append(rule.text).append(" comment \"").append(mark);
            text.append(rule.owner.isEmpty() ? "" : " " + rule.owner).append("\"\n");
            rules.add(new Listing.Line("chain " + name, mark, rule.text));
        }
        block("chain " + name, text.toString(), rules);
    }

    private void block(String place, String text, List<Listing.Line> rules) {
        blocks.putIfAbsent(place, new Block(place, "\t" + place + " {\n" + text + "\t}\n", rules));
    }

    private static List<String> plain(List<Prefix> prefixes) {
        return prefixes.stream().map(Prefix::toString).toList();
    }

    /// @param owner the service it is there for, shown in its comment; empty when for all
    private record Rule(String text, String owner) {
        Rule(String text) {
            this(text, "");
        }
    }

    /// What a family is called in nft's language, and what of ICMP is let in to every VIP: errors,
    /// which path MTU discovery needs, and for IPv6 the neighbours' questions.
    private enum Words {
        V4(
                Family.IPV4,
                "4",
                "ip",
                "ipv4_addr",
                "icmp",
                "destination-unreachable time-exceeded parameter-problem"),
        V6(
                Family.IPV6,
                "6",
                "ip6",
                "ipv6_addr",
                "icmpv6",
                "destination-unreachable packet-too-big time-exceeded parameter-problem"
                        + " nd-neighbor-solicit nd-neighbor-advert");

        private final Family family;
        private final String digit;
        private final String ip;
        private final String type;
        private final String icmp;
        private final String errors;

        Words(Family family, String digit, String ip, String type, String icmp, String errors) {
            this.family = family;
            this.digit = digit;
            this.ip = ip;
            this.type = type;
            this.icmp = icmp;
            this.errors = errors;
        }
    }
}
