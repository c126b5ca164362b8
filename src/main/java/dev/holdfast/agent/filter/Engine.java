package dev.holdfast.agent.filter;

import dev.holdfast.agent.tool.ToolException;
import java.util.List;

/// A way into the kernel's packet filter.
sealed interface Engine permits Nftables, Iptables, NoEngine {

    /// What is wished for, to compare with what was wished before and with what came of it.
    ///
    /// @param fingerprint of all of it
    /// @param marks of its rules, with their places, sorted as [Listing#marks] does
    record Wish(String fingerprint, List<String> marks) {}

    /// Whether this machine has the tool it needs.
    boolean isInstalled();

    /// The part of the kernel it writes to. Two engines with the same one are the same engine.
    String place() throws ToolException;

    /// What of ours is there.
    Listing read() throws ToolException;

    Wish wish(FilterRules rules);

    /// Makes it so, in place of whatever of ours is there: no packet meets half of it, and none is
    /// lost that both the old and the new rules let in.
    ///
    /// @param untouched what of ours is there, when nobody changed it since it was applied; else
    ///   empty, and nothing of it is built upon
    void apply(FilterRules rules, Listing untouched) throws ToolException;

    /// Takes away what is ours, and only that. No packet is lost by it.
    void remove() throws ToolException;
}
