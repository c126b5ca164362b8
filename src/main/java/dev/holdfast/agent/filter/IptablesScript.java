package dev.holdfast.agent.filter;

import dev.holdfast.agent.filter.IptablesChains.Rule;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Writes what `iptables-restore --noflush` is to do, as one transaction: our chains emptied and
/// filled again, those of gone services taken away, our rules in shared chains replaced in place.
final class IptablesScript {
    private IptablesScript() {}

    /// Puts `wanted` in the place of what of ours is there. Chains of ours that somebody else's
    /// rule leads to cannot go; they stay, empty.
    static String replace(IptablesSave there, IptablesChains wanted) {
        Set<String> stale = new LinkedHashSet<>(there.chains());
        stale.removeAll(wanted.chains().keySet());
        StringBuilder text = new StringBuilder("*filter\n");
        wanted.chains().keySet().forEach(chain -> declare(text, chain));
        stale.forEach(chain -> declare(text, chain)); // which also empties it
        for (IptablesSave.Entry entry : there.inSharedChains()) {
            text.append("-D ").append(entry.text()).append('\n');
        }
        for (List<Rule> rules : wanted.chains().values()) {
            for (Rule rule : rules) {
                text.append("-A ").append(rule.text()).append('\n');
            }
        }
        int position = there.foreignAhead();
        for (Rule jump : wanted.jumps()) {
            position++;
            String after = jump.text().substring(IptablesChains.SHARED.length());
            text.append("-I ").append(IptablesChains.SHARED).append(' ').append(position);
            text.append(after).append('\n');
        }
        for (String chain : stale) {
            if (!there.foreignTargets().contains(chain)) {
                text.append("-X ").append(chain).append('\n');
            }
        }
        return text.append("COMMIT\n").toString();
    }

    private static void declare(StringBuilder text, String chain) {
        text.append(':').append(chain).append(" - [0:0]\n");
    }
}
