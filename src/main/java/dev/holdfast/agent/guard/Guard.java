package dev.holdfast.agent.guard;

import dev.holdfast.agent.kernel.Kernel;
import dev.holdfast.agent.kernel.KernelException;
import dev.holdfast.agent.watch.DesiredState;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Stands before every new state (NO-CLIFF). What it refuses is neither applied nor kept on disk;
/// the machine goes on with what it has.
///
/// A backend host is held to the same as a load balancer: or those that refuse would send on to
/// hosts that have let go of the VIPs.
public final class Guard {

    /// When the site's is not known.
    private static final int USUAL_PERCENT = 50;

    private final Kernel kernel;

    public Guard(Kernel kernel) {
        this.kernel = kernel;
    }

    /// Why `next` may not follow; empty when it may.
    ///
    /// @param live what this machine runs; null when its disk had nothing, and what the kernel
    ///   carries counts instead
    public Optional<Refused> objection(@Nullable DesiredState live, DesiredState next) {
        if (next.meant()) {
            return Optional.empty();
        }
        DesiredState allowing = live == null ? next : live;
        int percent = Objects.requireNonNullElse(allowing.cliffPercent(), USUAL_PERCENT);
        Optional<String> cliff =
                live == null ? fromKernel(next, percent) : between(live, next, percent);
        return cliff.map(loss ->
                new Refused(
                        next.revision(),
                        ("revision %d would take away %s at once (expected: at most %d %%, or a"
                                        + " person's write with ?meant=true)")
                                .formatted(next.revision(), loss, percent)));
    }

    /// Only services that differ can be lost, or lose: a delta is judged by what it changes, as
    /// long as the ranges that carry them are the same.
    private static Optional<String> between(DesiredState live, DesiredState next, int percent) {
        Optional<Set<String>> names = Carried.differing(live, next);
        return names.isPresent()
                ? Cliff.between(
                        Carried.byName(live, names.get()),
                        Carried.byName(next, names.get()),
                        () -> Carried.byName(live).serving().size(),
                        percent)
                : Cliff.between(Carried.byName(live), Carried.byName(next), percent);
    }

    /// A kernel that cannot be read could not be changed either.
    private Optional<String> fromKernel(DesiredState next, int percent) {
        try {
            return Cliff.between(Carried.inKernel(kernel, next), Carried.byAddress(next), percent);
        } catch (KernelException e) {
            return Optional.empty();
        }
    }
}
