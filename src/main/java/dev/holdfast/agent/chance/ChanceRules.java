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
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Keeps the rules that give packets a second chance in step with the tables that they lead to.
///
/// The rules are written once the tables are there (MAKE-BEFORE-BREAK), and only when the table in
/// the kernel is not the one that was written. A host that has no `nft` says so and goes on
/// without.
public final class ChanceRules implements Duty {

    private static final String RESOURCE = "second chance";
    private static final String DRIFT = "second chance rules";

    /// By the family of what was wrapped.
    private final Map<Family, OwnTable> tables = new EnumMap<>(Family.class);

    private final Learning learning;
    private final Set<Family> tracked = EnumSet.noneOf(Family.class);
    private long repaired;

    /// @param directory where the agent keeps what it must not forget
    public ChanceRules(Path directory) {
        this.learning = new Learning(directory.resolve("second-chance"));
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
            learning.forget();
            return List.of();
        } catch (ToolException e) {
            return List.of(new Failure(RESOURCE, e.command(), e.why()));
        } catch (IOException e) {
            return List.of(new Failure(RESOURCE, "forget what is to be learned", e.toString()));
        }
    }

    /// Connections are tracked from before this machine gets its first VIP: what it serves it
    /// knows, also when the agent is killed as soon as the VIP is there.
    @Override
    public List<Failure> before(DesiredState next) {
        if (!(next instanceof HostDesired host)) {
            return List.of();
        }
        List<Failure> failures = new ArrayList<>();
        for (var family : tables.entrySet()) {
            OwnTable table = family.getValue();
            if (!tracked.contains(family.getKey())
                    && table.isPossible()
                    && ChanceScript.of(family.getKey(), host, Set.of()).isPresent()) {
                begin(family.getKey(), table, host).ifPresent(failures::add);
            }
        }
        return failures;
    }

    /// Without it no rule is written: this host would ask for connections of its own.
    private Optional<Failure> begin(Family family, OwnTable table, HostDesired host) {
        try {
            if (!table.isThere()) {
                learning.begin(family, host);
                table.keep(ChanceScript.tracked(family, host));
            }
            tracked.add(family);
            return Optional.empty();
        } catch (ToolException e) {
            return Optional.of(new Failure(RESOURCE, e.command(), e.why()));
        } catch (IOException e) {
            tracked.add(family); // it is noted for this run
            return Optional.of(new Failure(RESOURCE, "note what is to be learned", e.toString()));
        }
    }

    @Override
    public List<Failure> after(DesiredState now, Outcome outcome) {
        if (!(now instanceof HostDesired host)) {
            return List.of();
        }
        try {
            ensure(host, learning.services());
            return List.of();
        } catch (ToolException e) {
            return List.of(new Failure(RESOURCE, e.command(), e.why()));
        } catch (IOException e) {
            return List.of(new Failure(RESOURCE, "see what is to be learned", e.toString()));
        }
    }

    private void ensure(HostDesired host, Set<String> learned) throws ToolException {
        for (var family : tables.entrySet()) {
            OwnTable table = family.getValue();
            Optional<String> script = ChanceScript.of(family.getKey(), host, learned);
            if (script.isPresent()) {
                if (tracked.contains(family.getKey()) || !table.isPossible()) {
                    repaired += table.keep(script.get()) ? 1 : 0;
                }
            } else if (table.isPossible()) {
                table.remove();
                tracked.remove(family.getKey());
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
