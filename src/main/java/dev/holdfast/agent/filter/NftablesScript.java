package dev.holdfast.agent.filter;

import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// Writes the whole filter for `nft -f`: a table that replaces the one before.
///
/// A packet to a VIP is looked up once, by address, protocol and port, however many services there
/// are. A long list of sources is a set, and services with the same list share it, because the
/// kernel looks for sets by walking all of them. A short list is plain rules.
final class NftablesScript {
    static final String TABLE = "holdfast";

    /// Before the `filter` priority (0), where operators' own rules are, and IPVS (98).
    private static final String HOOK =
            "type filter hook input priority filter - 10; policy accept;";

    private static final int PLAIN_SOURCES_MAX = 8;

    private final StringBuilder text = new StringBuilder();
    private final List<Listing.Line> rules = new ArrayList<>();
    private final Set<String> sets = new HashSet<>();

    NftablesScript(FilterRules desired) {
        // The first line makes the second one valid where there is no such table yet.
        text.append("table inet holdfast\ndelete table inet holdfast\ntable inet holdfast {\n");
        Map<Words, List<Prefix>> guarded = new LinkedHashMap<>();
        for (Words words : List.of(Words.V4, Words.V6)) {
            List<Prefix> ranges = desired.vipRanges(words.family);
            if (!ranges.isEmpty()) {
                guarded.put(words, ranges);
                family(words, ranges, desired.services(words.family));
            }
        }
        chain(
                "input",
                HOOK,
                guarded.keySet().stream()
                        .map(w ->
                                new Rule(w.ip + " daddr @ranges" + w.digit + " goto vip" + w.digit))
                        .toList());
        text.append("}\n");
    }

    String text() {
        return text.toString();
    }

    /// Each rule with its place and mark.
    List<Listing.Line> rules() {
        return rules;
    }

    private void family(Words words, List<Prefix> ranges, List<FilteredService> services) {
        set("ranges" + words.digit, words.type, "interval", plain(ranges));
        set(
                "vips" + words.digit,
                words.type,
                "",
                services.stream()
                        .map(FilteredService::vip)
                        .distinct()
                        .map(IpAddress::toString)
                        .toList());
        services.forEach(service -> chainOf(service, words));
        claims(words, services);
        chain(
                "vip" + words.digit,
                "",
                List.of(
                        new Rule(
                                "%s daddr . meta l4proto . th dport vmap @services%s"
                                        .formatted(words.ip, words.digit)),
                        new Rule(words.errors + " counter accept"),
                        new Rule(
                                "%s daddr @vips%s %s type echo-request counter accept"
                                        .formatted(words.ip, words.digit, words.icmp)),
                        new Rule("counter drop")));
    }

    private void chainOf(FilteredService service, Words words) {
        List<Prefix> sources = service.allowedSources();
        if (sources == null) {
            return;
        }
        List<Rule> lines = new ArrayList<>();
        if (sources.size() > PLAIN_SOURCES_MAX) {
            List<String> elements = plain(sources);
            String set = "sources" + words.digit + "-" + Mark.ofText(String.join(" ", elements));
            if (sets.add(set)) {
                set(set, words.type, "interval", elements);
            }
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

    private void claims(Words words, List<FilteredService> services) {
        text.append("\tmap services").append(words.digit).append(" {\n");
        text.append("\t\ttype ").append(words.type);
        text.append(" . inet_proto . inet_service : verdict\n");
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
        elements(elements);
        text.append("\t}\n");
    }

    private void set(String name, String type, String flags, List<String> elements) {
        text.append("\tset ").append(name).append(" {\n\t\ttype ").append(type).append('\n');
        if (!flags.isEmpty()) {
            text.append("\t\tflags ").append(flags).append('\n');
        }
        elements(elements);
        text.append("\t}\n");
    }

    /// One to a line, so that `nft`, when it complains of one, does not print all of them.
    private void elements(List<String> elements) {
        if (!elements.isEmpty()) {
            text.append("\t\telements = {\n\t\t\t");
            text.append(String.join(",\n\t\t\t", elements));
            text.append("\n\t\t}\n");
        }
    }

    private void chain(String name, String hook, List<Rule> lines) {
        text.append("\tchain ").append(name).append(" {\n");
        if (!hook.isEmpty()) {
            text.append("\t\t").append(hook).append('\n');
        }
        for (int i = 0; i < lines.size(); i++) {
            Rule rule = lines.get(i);
            String mark = Mark.ofRule(name, i + 1, rule.text);
            text.append("\t\t").append(rule.text).append(" comment \"").append(mark);
            text.append(rule.owner.isEmpty() ? "" : " " + rule.owner).append("\"\n");
            rules.add(new Listing.Line("chain " + name, mark, rule.text));
        }
        text.append("\t}\n");
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
                "icmp type { destination-unreachable, time-exceeded, parameter-problem }"),
        V6(
                Family.IPV6,
                "6",
                "ip6",
                "ipv6_addr",
                "icmpv6",
                "icmpv6 type { destination-unreachable, packet-too-big, time-exceeded,"
                        + " parameter-problem, nd-neighbor-solicit, nd-neighbor-advert }");

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
