package dev.holdfast.agent.doctor;

import dev.holdfast.agent.tool.Tool;
import dev.holdfast.agent.tool.ToolException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Whether a packet filter of the operator's looks at the state of connections.
final class FirewallChecks {
    private static final Pattern STATE =
            Pattern.compile("\\bct state\\b|--ctstate|-m state\\b|--state\\b");
    private static final int SHOWN = 3;

    private FirewallChecks() {}

    static List<Finding> all() {
        List<String> rules = new ArrayList<>();
        rules.addAll(lines(new Tool("nft", "nftables"), "-s", "list", "ruleset"));
        rules.addAll(lines(new Tool("iptables-save", "iptables")));
        rules.addAll(lines(new Tool("ip6tables-save", "iptables")));
        return stateful(rules);
    }

    static List<Finding> stateful(List<String> rules) {
        List<String> found =
                rules.stream()
                        .map(String::strip)
                        .filter(rule -> STATE.matcher(rule).find())
                        .distinct()
                        .toList();
        if (found.isEmpty()) {
            return List.of();
        }
        return List.of(
                Finding.warning(
                        "%d rules look at the state of connections: %s"
                                .formatted(
                                        found.size(),
                                        String.join(
                                                " | ",
                                                found.subList(0, Math.min(SHOWN, found.size())))),
                        "IPVS takes packets before conntrack knows them, so each one looks new:"
                                + " 'established accept, SYN accept, else drop' cuts every"
                                + " connection to a VIP",
                        "let packets to the VIP ranges pass before these rules: nft insert rule"
                                + " TABLE CHAIN ip daddr VIP-RANGE accept"));
    }

    private static List<String> lines(Tool tool, String... arguments) {
        try {
            return tool.exists() ? tool.run("", arguments).orThrow().lines().toList() : List.of();
        } catch (ToolException unreadable) {
            return List.of();
        }
    }
}
