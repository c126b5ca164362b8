package dev.holdfast.agent.chance;

import dev.holdfast.agent.duty.Duty;
import dev.holdfast.agent.duty.Findings;
import dev.holdfast.agent.nftables.OwnTable;
import dev.holdfast.agent.reconcile.Outcome;
import dev.holdfast.agent.tool.Tool;
import dev.holdfast.agent.tool.ToolException;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.agent.watch.HostDesired;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.Family;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps the rules that give packets a second chance in step with the tables that they lead to.
///
/// The rules are written once the tables are there (MAKE-BEFORE-BREAK), and only when the table in
/// the kernel is not the one that was written. A host that has no `nft` says so and goes on
/// without.
public final class ChanceRules implements Duty {

    private static final String DRIFT = "second chance rules";

    /// By the family of what was wrapped.
    private final Map<Family, OwnTable> tables = new EnumMap<>(Family.class);

    private long repaired;

    public ChanceRules() {
        Tool nft = new Tool("nft", "nftables");
        tables.put(Family.IPV4, new OwnTable(nft, "ip", "holdfast-chance"));
        tables.put(Family.IPV6, new OwnTable(nft, "ip6", "holdfast-chance"));
    }

    /// Whether rules of ours are there.
    public boolean areThere() {
        try {
            for (OwnTable table : tables.values()) {
                if (table.isThere()) {
                    return true;
                }
            }
        } catch (ToolException unreadable) {
            return false;
        }
        return false;
    }

    /// Takes them away.
    public List<Failure> remove() {
        try {
            for (OwnTable table : tables.values()) {
                table.remove();
            }
            return List.of();
        } catch (ToolException e) {
            return List.of(new Failure("second chance", e.command(), e.why()));
        }
    }

    @Override
    public List<Failure> after(DesiredState now, Outcome outcome) {
        if (!(now instanceof HostDesired host)) {
            return List.of();
        }
        try {
            ensure(host);
            return List.of();
        } catch (ToolException e) {
            return List.of(new Failure("second chance", e.command(), e.why()));
        }
    }

    private void ensure(HostDesired host) throws ToolException {
        for (var family : tables.entrySet()) {
            OwnTable table = family.getValue();
            Optional<String> script = ChanceScript.of(family.getKey(), host);
            if (script.isPresent()) {
                repaired += table.keep(script.get()) ? 1 : 0;
            } else if (table.isPossible()) {
                table.remove();
            }
        }
    }

    @Override
    public void tell(Findings findings) {
        if (repaired > 0) {
            findings.repaired(DRIFT, repaired);
        }
    }
}
