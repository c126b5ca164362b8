package dev.holdfast.control.plan;

import dev.holdfast.wire.Change;
import dev.holdfast.wire.PlanGuard;
import dev.holdfast.wire.PlanService;
import dev.holdfast.wire.PlanSteps;
import dev.holdfast.wire.PlanWarning;
import java.util.List;

/// What was seen of one change set while it was rehearsed.
///
/// @param revision what it was rehearsed on
/// @param changed whether it would make a revision
/// @param collateral of all services together, as a share of the flows of one
/// @param ideas for gentler ways, not yet proven
record Outlook(
        long revision,
        boolean changed,
        double collateral,
        List<PlanSteps> steps,
        List<PlanService> services,
        List<PlanGuard> guards,
        List<PlanWarning> warnings,
        List<Idea> ideas) {

    /// A change set that may be gentler.
    ///
    /// @param sentence what it does otherwise
    record Idea(String sentence, List<Change> changes) {}
}
