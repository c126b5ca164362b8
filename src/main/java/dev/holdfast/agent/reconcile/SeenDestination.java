package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.KernelDestination;
import org.jspecify.annotations.Nullable;

/// A destination as the kernel has it, and what the kernel does not tell.
///
/// @param lastWeight the last weight above 0, which the table is built from; null when not known
public record SeenDestination(KernelDestination destination, @Nullable Integer lastWeight) {}
