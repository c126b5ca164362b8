package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.Kernel;
import dev.holdfast.agent.kernel.KernelException;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.kernel.Step;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.Prefix;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Brings the kernel to the desired state and keeps it there.
///
/// A new state is planned against the last observed picture of what it touches, so its cost does
/// not grow with the site. A full round looks at everything.
public final class Reconciler {

    private final Kernel kernel;
    private final Ledger ledger;
    private final World world;
    private final TableSize tableSize;
    private @Nullable DesiredState reached;

    /// One that remembers nothing of an earlier run.
    public Reconciler(Kernel kernel) {
        this(kernel, OpenedListeners.inMemory());
    }

    public Reconciler(Kernel kernel, OpenedListeners opened) {
        this.kernel = kernel;
        this.ledger = new Ledger(opened);
        this.world = new World(kernel, ledger);
        this.tableSize = kernel.tableSize().orElse(TableSize.DEFAULT);
    }

    /// Takes for known that an earlier run of the agent had wholly applied this state.
    public void trust(DesiredState state) {
        ledger.trust(target(state));
    }

    /// Looks at everything, and mends it.
    public Outcome full(DesiredState state) {
        Target target = target(state);
        reached = null;
        try {
            world.observe(target);
            Outcome outcome = new Round(kernel, world, ledger, target, world::whole).run();
            return reached(state, outcome);
        } catch (KernelException e) {
            return unspeakable(e);
        }
    }

    /// Applies a new state, and looks no further than what it changes. While something fails it
    /// looks at everything: a part could not tell what still fails elsewhere.
    public Outcome change(DesiredState state) {
        Optional<Part> part = part(state);
        if (part.isEmpty()) {
            return full(state);
        }
        Part touched = part.get();
        reached = null;
        try {
            Outcome outcome =
                    new Round(kernel, world, ledger, touched.target(), () -> world.part(touched))
                            .run();
            return reached(state, outcome);
        } catch (KernelException e) {
            return unspeakable(e);
        }
    }

    /// Of the kernel's Maglev tables. Where that is not to be known it is taken for the usual one.
    public TableSize tableSize() {
        return tableSize;
    }

    /// A service as it was last read back.
    public Optional<SeenService> seen(ServiceKey key) {
        return Optional.ofNullable(world.service(key));
    }

    /// Says whom to tell, within a round, of each service that does not look as it did before.
    public void onSeenAnew(Consumer<ServiceKey> watcher) {
        world.onSeenAnew(watcher);
    }

    /// The steps a full round would take now; takes none of them.
    public List<Step> plan(DesiredState state) throws KernelException {
        Target target = target(state);
        world.observe(target);
        return Planner.plan(target, world.whole());
    }

    /// The steps that take away all that is ours, and nothing else; takes none of them.
    ///
    /// @param owned the VIP ranges the machine had; those it still has routes for are known
    public List<Step> planCleanup(Role role, List<Prefix> owned) throws KernelException {
        Target nothing = Target.nothing(role, owned);
        world.observe(nothing);
        return Planner.plan(nothing, world.whole());
    }

    /// Takes them.
    public Outcome cleanup(Role role, List<Prefix> owned) {
        Target nothing = Target.nothing(role, owned);
        reached = null;
        try {
            world.observe(nothing);
            return new Round(kernel, world, ledger, nothing, world::whole).run();
        } catch (KernelException e) {
            return unspeakable(e);
        }
    }

    private Target target(DesiredState state) {
        return Target.of(state, tableSize);
    }

    private Outcome reached(DesiredState state, Outcome outcome) {
        reached = outcome.failures().isEmpty() ? state : null;
        return outcome;
    }

    private Optional<Part> part(DesiredState state) {
        return reached instanceof NodeDesired from && state instanceof NodeDesired to
                ? LoadBalancer.difference(from, to, tableSize)
                : Optional.empty();
    }

    private static Outcome unspeakable(KernelException e) {
        return new Outcome(
                List.of(),
                List.of(new Failure("kernel", "observe", String.valueOf(e.getMessage()))));
    }
}
