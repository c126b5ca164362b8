package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.KernelDestination;
import org.jspecify.annotations.Nullable;

/// A destination as the kernel has it, and what the kernel does not tell.
///
/// @param lastWeight the last weight above 0, which the table is built from; null when not known
/// @param connected whether any connection to it was remembered when it was looked at
public record SeenDestination(
        KernelDestination destination, @Nullable Integer lastWeight, boolean connected) {

    /// Whether it may have connections now: those with weight 0 get no more of them.
    boolean mayHaveConnections() {
        return connected || destination.weight() > 0;
    }
}
