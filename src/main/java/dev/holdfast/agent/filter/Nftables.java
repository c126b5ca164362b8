package dev.holdfast.agent.filter;

import dev.holdfast.agent.tool.Tool;
import dev.holdfast.agent.tool.ToolException;
import java.util.List;

/// The filter as a table of its own, replaced whole in one transaction. No rule of anybody else is
/// even read.
record Nftables(Tool nft) implements Engine {
    private static final String ABSENT = "No such file or directory";

    Nftables() {
        this(new Tool("nft", "nftables"));
    }

    @Override
    public boolean isInstalled() {
        return nft.exists();
    }

    @Override
    public String place() {
        return "nftables";
    }

    @Override
    public Listing read() throws ToolException {
        Tool.Answer answer = nft.run("", "-s", "list", "table", "inet", NftablesScript.TABLE);
        if (answer.exit() != 0 && answer.complaint().contains(ABSENT)) {
            return Listing.EMPTY;
        }
        return NftablesListing.parse(answer.orThrow());
    }

    @Override
    public Wish wish(FilterRules rules) {
        NftablesScript script = new NftablesScript(rules);
        return new Wish(
                Mark.ofAll(List.of(script.text())), Listing.sortedMarks(script.rules().stream()));
    }

    @Override
    public void apply(FilterRules rules) throws ToolException {
        nft.run(new NftablesScript(rules).text(), "-f", "-").orThrow();
    }

    @Override
    public void remove() throws ToolException {
        if (!read().isEmpty()) {
            nft.run("", "delete", "table", "inet", NftablesScript.TABLE).orThrow();
        }
    }
}
