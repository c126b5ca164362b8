package dev.holdfast.wire;

import java.util.List;

/// A gentler way to the same goal.
///
/// @param sentence what is done otherwise, and what that saves
/// @param changes to be planned and applied as they stand
/// @param services the figures of this way
public record PlanAlternative(String sentence, List<Change> changes, List<PlanService> services) {}
