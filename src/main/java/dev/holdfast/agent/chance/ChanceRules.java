package dev.holdfast.agent.chance;

import dev.holdfast.agent.duty.Duty;
import dev.holdfast.agent.duty.Findings;
import dev.holdfast.agent.nftables.OwnTable;
import dev.holdfast.agent.reconcile.Outcome;
import dev.holdfast.agent.reconcile.SecondChance;
import dev.holdfast.agent.tool.Tool;
import dev.holdfast.agent.tool.ToolException;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.agent.watch.HostDesired;
import dev.holdfast.wire.Failure;
import java.util.List;

/// Keeps the rules that give packets a second chance in step with the tables that they lead to.
///
/// The rules are written once the tables are there (MAKE-BEFORE-BREAK), and only when the table in
/// the kernel is not the one that was written. A host that has no `nft` says so and goes on
/// without.
public final class ChanceRules implements Duty {

    private static final String DRIFT = "second chance rules";

    private final OwnTable table;
    private long repaired;

    public ChanceRules() {
        table = new OwnTable(new Tool("nft", "nftables"), "ip", "holdfast-chance");
    }

    /// Whether rules of ours are there.
    public boolean areThere() {
        try {
            return table.isThere();
        } catch (ToolException unreadable) {
            return false;
        }
    }

    /// Takes them away.
    public List<Failure> remove() {
        try {
            table.remove();
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
            ensure(SecondChance.of(host), SecondChance.tunnelPorts(host));
            return List.of();
        } catch (ToolException e) {
            return List.of(new Failure("second chance", e.command(), e.why()));
        }
    }

    private void ensure(List<SecondChance> chances, List<Integer> tunnelPorts)
            throws ToolException {
        if (!chances.isEmpty()) {
            repaired += table.keep(ChanceScript.of(chances, tunnelPorts)) ? 1 : 0;
        } else if (table.isPossible()) {
            table.remove();
        }
    }

    @Override
    public void tell(Findings findings) {
        if (repaired > 0) {
            findings.repaired(DRIFT, repaired);
        }
    }
}
