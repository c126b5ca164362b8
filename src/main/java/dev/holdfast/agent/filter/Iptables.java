package dev.holdfast.agent.filter;

import dev.holdfast.agent.filter.IptablesSave.Entry;
import dev.holdfast.agent.filter.Listing.Line;
import dev.holdfast.agent.tool.Tool;
import dev.holdfast.agent.tool.ToolException;
import dev.holdfast.wire.Family;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// The filter as chains among those of the operators, in IPv4's and IPv6's tables, each replaced in
/// one transaction.
///
/// @param variant `iptables`, `iptables-nft` or `iptables-legacy`
record Iptables(String variant) implements Engine {
    private static final String LOCK_WAIT_SECONDS = "20";

    @Override
    public boolean isInstalled() {
        return tool(Family.IPV4, "").exists();
    }

    @Override
    public String place() throws ToolException {
        String version = tool(Family.IPV4, "").run("", "-V").orThrow();
        return version.contains("nf_tables") ? "iptables-nft" : "iptables-legacy";
    }

    @Override
    public Listing read() throws ToolException {
        List<Line> lines = new ArrayList<>();
        for (Family family : Family.values()) {
            IptablesSave save = save(family);
            for (String chain : save.chains()) {
                lines.add(new Line(place(family, chain), "", "exists"));
            }
            Stream.concat(save.inSharedChains().stream(), save.inOurChains().stream())
                    .map(entry -> line(family, entry))
                    .forEach(lines::add);
        }
        return new Listing(lines);
    }

    @Override
    public Wish wish(FilterRules rules) {
        List<Line> lines = new ArrayList<>();
        for (Family family : Family.values()) {
            IptablesChains.of(rules, family)
                    .rules()
                    .map(rule -> new Line(place(family, rule.chain()), rule.mark(), rule.text()))
                    .forEach(lines::add);
        }
        return new Wish(new Listing(lines).fingerprint(), Listing.sortedMarks(lines.stream()));
    }

    @Override
    public void apply(FilterRules rules, Listing untouched) throws ToolException {
        Map<Family, String> scripts = new LinkedHashMap<>();
        for (Family family : Family.values()) {
            IptablesSave there = save(family);
            IptablesChains wanted = IptablesChains.of(rules, family);
            if (!there.isEmpty() || !wanted.chains().isEmpty()) {
                scripts.put(family, IptablesScript.replace(there, wanted));
            }
        }
        // Two families are two transactions: what can be known to fail must fail before the first.
        for (Map.Entry<Family, String> script : scripts.entrySet()) {
            restore(script.getKey(), script.getValue(), "--test");
        }
        for (Map.Entry<Family, String> script : scripts.entrySet()) {
            restore(script.getKey(), script.getValue());
        }
    }

    @Override
    public void remove() throws ToolException {
        apply(new FilterRules(List.of(), List.of()), Listing.EMPTY);
    }

    private void restore(Family family, String script, String... more) throws ToolException {
        String[] arguments =
                Stream.concat(Stream.of("--noflush", "-w", LOCK_WAIT_SECONDS), Stream.of(more))
                        .toArray(String[]::new);
        tool(family, "-restore").run(script, arguments).orThrow();
    }

    /// All tables, since asking the old back end for one that is not there would create it.
    private IptablesSave save(Family family) throws ToolException {
        Tool.Answer answer = tool(family, "-save").run("");
        String output = answer.orThrow();
        if (output.contains("`filter' is incompatible")) {
            throw new ToolException(
                    answer.command(),
                    "table filter holds rules that iptables cannot read (expected: none of nft's"
                            + " own; the engine nftables does not mind them)");
        }
        return IptablesSave.parse(output);
    }

    private Tool tool(Family family, String suffix) {
        String name =
                switch (family) {
                    case IPV4 -> variant;
                    case IPV6 -> variant.replace("iptables", "ip6tables");
                };
        return new Tool(name + suffix, "iptables");
    }

    private static Line line(Family family, Entry entry) {
        return new Line(place(family, entry.chain()), entry.mark(), entry.text());
    }

    private static String place(Family family, String chain) {
        return switch (family) {
            case IPV4 -> "ip " + chain;
            case IPV6 -> "ip6 " + chain;
        };
    }
}
