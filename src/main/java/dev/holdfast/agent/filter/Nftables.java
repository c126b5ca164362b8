package dev.holdfast.agent.filter;

import dev.holdfast.agent.tool.Tool;
import dev.holdfast.agent.tool.ToolException;
import java.util.List;

/// The filter as a table of its own. No rule of anybody else is even read.
///
/// A table as we left it is changed by make before break; any other one is replaced whole. Before
/// Linux 6.17 a packet that is in the middle of the old rules while they are replaced finds the old
/// sets empty, and is dropped: so sets go only when no packet can be among the rules that used
/// them.
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
    public void apply(FilterRules rules, Listing untouched) throws ToolException {
        NftablesScript script = new NftablesScript(rules);
        if (untouched.isEmpty()) {
            run(script.text());
            return;
        }
        NftablesChange change = new NftablesChange(script, untouched);
        run(change.make());
        breakOff(change.cut());
    }

    @Override
    public void remove() throws ToolException {
        Listing there = read();
        if (there.isEmpty()) {
            return;
        }
        if (there.byPlace().containsKey("chain input")) {
            run("flush chain inet holdfast input\n");
        }
        breakOff("delete table inet holdfast\n");
    }

    /// Takes away what no rule leads to any more, once the packets are through that were among the
    /// rules that did.
    private void breakOff(String script) throws ToolException {
        if (script.isEmpty()) {
            return;
        }
        // The kernel takes a transaction back only after a grace period of RCU, which lasts until
        // every packet that was under way has left the filter. And this checks the script.
        nft.run(script, "-c", "-f", "-").orThrow();
        run(script);
    }

    private void run(String script) throws ToolException {
        if (!script.isEmpty()) {
            nft.run(script, "-f", "-").orThrow();
        }
    }
}
