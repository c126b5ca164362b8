package dev.holdfast.agent.guard;

import dev.holdfast.agent.kernel.Kernel;
import dev.holdfast.agent.kernel.KernelException;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.agent.watch.NodeDesired;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Stands before every new state (NO-CLIFF). What it refuses is neither applied nor kept on disk;
/// the machine goes on with what it has.
public final class Guard {

    /// When the site's is not known.
    private static final int USUAL_PERCENT = 50;

    private final Kernel kernel;

    public Guard(Kernel kernel) {
        this.kernel = kernel;
    }

    /// Why `next` may not follow; empty when it may. Only load balancers are guarded.
    ///
    /// @param live what this machine runs; null when its disk had nothing, and what the kernel
    ///   carries counts instead
    public Optional<Refused> objection(@Nullable DesiredState live, DesiredState next) {
        if (!(next instanceof NodeDesired node) || node.meant()) {
            return Optional.empty();
        }
        NodeDesired allowing = live instanceof NodeDesired before ? before : node;
        int percent = Objects.requireNonNullElse(allowing.node().cliffPercent(), USUAL_PERCENT);
        Optional<String> cliff =
                live instanceof NodeDesired before
                        ? Cliff.between(Carried.byName(before), Carried.byName(node), percent)
                        : fromKernel(node, percent);
        return cliff.map(loss ->
                new Refused(
                        node.revision(),
                        ("revision %d would take away %s at once (expected: at most %d %%, or a"
                                        + " person's write with ?meant=true)")
                                .formatted(node.revision(), loss, percent)));
    }

    /// A kernel that cannot be read could not be changed either.
    private Optional<String> fromKernel(NodeDesired next, int percent) {
        try {
            return Cliff.between(
                    Carried.inKernel(kernel, next.vipRanges()), Carried.byAddress(next), percent);
        } catch (KernelException e) {
            return Optional.empty();
        }
    }
}
