package dev.holdfast.agent.chance;

import dev.holdfast.agent.duty.Duty;
import dev.holdfast.agent.duty.Findings;
import dev.holdfast.agent.reconcile.Outcome;
import dev.holdfast.agent.reconcile.SecondChance;
import dev.holdfast.agent.tool.Tool;
import dev.holdfast.agent.tool.ToolException;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.agent.watch.HostDesired;
import dev.holdfast.wire.Failure;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps the rules that give packets a second chance in step with the tables that they lead to.
///
/// The rules are written once the tables are there (MAKE-BEFORE-BREAK), and only when the table in
/// the kernel is not the one that was written. A host that has no `nft` says so and goes on
/// without.
public final class ChanceRules implements Duty {

    private static final String DRIFT = "second chance rules";

    private final Tool nft;

    /// What `nft` showed once our rules were in.
    private @Nullable String shown;

    private String seal = "";
    private long repaired;

    public ChanceRules() {
        this(new Tool("nft", "nftables"));
    }

    ChanceRules(Tool nft) {
        this.nft = nft;
    }

    /// Whether rules of ours are there.
    public boolean areThere() {
        try {
            return nft.exists() && read().isPresent();
        } catch (ToolException unreadable) {
            return false;
        }
    }

    /// Takes them away.
    public List<Failure> remove() {
        try {
            if (areThere()) {
                nft.run("", "delete", "table", "ip", ChanceScript.TABLE).orThrow();
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
            ensure(SecondChance.of(host), SecondChance.tunnelPort(host, 0));
            return List.of();
        } catch (ToolException e) {
            return List.of(new Failure("second chance", e.command(), e.why()));
        }
    }

    private void ensure(List<SecondChance> chances, int tunnelPort) throws ToolException {
        if (chances.isEmpty() && seal.isEmpty() && !nft.exists()) {
            return;
        }
        Optional<String> there = read();
        if (chances.isEmpty()) {
            if (there.isPresent()) {
                nft.run("", "delete", "table", "ip", ChanceScript.TABLE).orThrow();
            }
            seal = "";
            return;
        }
        ChanceScript wanted = ChanceScript.of(chances, tunnelPort);
        if (isThere(wanted, there)) {
            return;
        }
        repaired += wanted.seal().equals(seal) ? 1 : 0;
        nft.run(wanted.text(), "-f", "-").orThrow();
        seal = wanted.seal();
        shown = read().orElse(null);
    }

    /// After a start of the agent the seal alone says that the rules are those it would write.
    private boolean isThere(ChanceScript wanted, Optional<String> there) {
        if (there.isEmpty() || !there.get().contains(wanted.seal())) {
            return false;
        }
        if (shown == null) {
            shown = there.get();
            seal = wanted.seal();
        }
        return there.get().equals(shown);
    }

    /// @return empty when there is no such table
    private Optional<String> read() throws ToolException {
        Tool.Answer answer = nft.run("", "-s", "list", "table", "ip", ChanceScript.TABLE);
        return answer.exit() == 0 ? Optional.of(answer.output()) : Optional.empty();
    }

    @Override
    public void tell(Findings findings) {
        if (repaired > 0) {
            findings.repaired(DRIFT, repaired);
        }
    }
}
