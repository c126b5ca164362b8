package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.Step;
import dev.holdfast.wire.Failure;
import java.util.List;

/// What a round did.
///
/// @param taken steps that worked
/// @param failures what did not work, with the kernel's reasons
public record Outcome(List<Step> taken, List<Failure> failures) {}
