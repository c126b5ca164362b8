package dev.holdfast.agent.filter;

import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/// The filter of one family as chains of iptables: one for the product, which looks for the
/// service, one per service, which looks for the source, and one for ICMP. Nothing at all for a
/// family without VIP ranges.
///
/// @param chains the rules of each of our chains, as `iptables-restore` takes them
/// @param jumps our rules in INPUT, one per VIP range
record IptablesChains(Map<String, List<Rule>> chains, List<Rule> jumps) {
    static final String PRODUCT = "HOLDFAST";
    static final String SHARED = "INPUT";

    private static final String ICMP = PRODUCT + "-ICMP";
    private static final int MULTIPORT_MAX = 15;

    /// One rule.
    ///
    /// @param chain where it stands
    /// @param mark its place and content in short
    /// @param match what it looks at
    /// @param target what becomes of what it looks for
    record Rule(String chain, String mark, String owner, String match, String target) {

        /// As an argument line, without the `-A` in front.
        String text() {
            return "%s %s-m comment --comment \"%s\" -j %s"
                    .formatted(
                            chain,
                            match.isEmpty() ? "" : match + " ",
                            owner.isEmpty() ? mark : mark + " " + owner,
                            target);
        }
    }

    static IptablesChains of(FilterRules desired, Family family) {
        Map<String, List<Rule>> chains = new LinkedHashMap<>();
        List<Prefix> ranges = desired.vipRanges(family);
        if (ranges.isEmpty()) {
            return new IptablesChains(chains, List.of());
        }
        List<FilteredService> services = desired.services(family);
        List<Draft> product = new ArrayList<>();
        product.add(new Draft("-p " + Icmp.of(family).protocol, ICMP));
        services.forEach(service -> product.addAll(claims(service)));
        product.add(new Draft("", "DROP"));

        put(chains, PRODUCT, product);
        put(chains, ICMP, icmp(services, Icmp.of(family)));
        for (FilteredService service : services) {
            put(chains, chainOf(service), sources(service));
        }
        List<Draft> jumps =
                ranges.stream().map(range -> new Draft("-d " + range, PRODUCT)).toList();
        return new IptablesChains(chains, numbered(SHARED, jumps));
    }

    /// All rules, as what is expected to be read back.
    Stream<Rule> rules() {
        return Stream.concat(jumps.stream(), chains.values().stream().flatMap(List::stream));
    }

    /// 25 characters; the kernel takes 28.
    static String chainOf(FilteredService service) {
        return PRODUCT + "-" + Mark.ofText(service.name());
    }

    private static List<Draft> claims(FilteredService service) {
        Map<String, List<String>> ports = new LinkedHashMap<>();
        for (FilteredService.Port port : service.ports()) {
            ports.computeIfAbsent(
                            port.protocol().name().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
                    .add(String.valueOf(port.port()));
        }
        List<Draft> rules = new ArrayList<>();
        ports.forEach((protocol, all) -> {
            for (int from = 0; from < all.size(); from += MULTIPORT_MAX) {
                int to = Math.min(all.size(), from + MULTIPORT_MAX);
                rules.add(
                        new Draft(
                                "-d %s -p %s -m multiport --dports %s"
                                        .formatted(
                                                Prefix.host(service.vip()),
                                                protocol,
                                                String.join(",", all.subList(from, to))),
                                chainOf(service),
                                service.name()));
            }
        });
        return rules;
    }

    private static List<Draft> icmp(List<FilteredService> services, Icmp icmp) {
        List<Draft> rules = new ArrayList<>();
        for (int type : icmp.always) {
            rules.add(new Draft(icmp.match(type), "ACCEPT"));
        }
        for (IpAddress vip : services.stream().map(FilteredService::vip).distinct().toList()) {
            rules.add(new Draft("-d " + Prefix.host(vip) + " " + icmp.match(icmp.echo), "ACCEPT"));
        }
        rules.add(new Draft("", "DROP"));
        return rules;
    }

    private static List<Draft> sources(FilteredService service) {
        List<Prefix> allowed = service.allowedSources();
        if (allowed == null) {
            return List.of(new Draft("", "ACCEPT", service.name()));
        }
        List<Draft> rules = new ArrayList<>();
        for (Prefix source : allowed) {
            rules.add(new Draft("-s " + source, "ACCEPT", service.name()));
        }
        rules.add(new Draft("", "DROP", service.name()));
        return rules;
    }

    private static void put(Map<String, List<Rule>> chains, String chain, List<Draft> drafts) {
        chains.put(chain, numbered(chain, drafts));
    }

    private static List<Rule> numbered(String chain, List<Draft> drafts) {
        List<Rule> rules = new ArrayList<>();
        for (Draft draft : drafts) {
            String hashed = draft.match + " " + draft.target;
            String mark = Mark.ofRule(chain, rules.size() + 1, hashed);
            rules.add(new Rule(chain, mark, draft.owner, draft.match, draft.target));
        }
        return rules;
    }

    /// A rule that has no place yet.
    private record Draft(String match, String target, String owner) {
        Draft(String match, String target) {
            this(match, target, "");
        }
    }

    /// What of ICMP is let in to every VIP: the errors, which path MTU discovery needs, and for
    /// IPv6 the neighbours' questions and answers (135, 136).
    private record Icmp(String protocol, String option, List<Integer> always, int echo) {
        private static final Icmp V4 =
                new Icmp("icmp", "-p icmp -m icmp --icmp-type ", List.of(3, 11, 12), 8);
        private static final Icmp V6 =
                new Icmp(
                        "ipv6-icmp",
                        "-p ipv6-icmp -m icmp6 --icmpv6-type ",
                        List.of(1, 2, 3, 4, 135, 136),
                        128);

        static Icmp of(Family family) {
            return switch (family) {
                case IPV4 -> V4;
                case IPV6 -> V6;
            };
        }

        String match(int type) {
            return option + type;
        }
    }
}
