package dev.holdfast.wire;

import java.util.List;

/// What a change set would do. Nothing of it was stored.
///
/// @param site its name
/// @param revision what it was planned against: to be sent as `If-Match` with `apply`
/// @param changed whether it would make a revision
/// @param allowed whether no guard refuses it
/// @param summary all of it in one sentence
/// @param steps what machines would do, those that would do the same together
/// @param services those whose flows are touched
/// @param guards what refuses it, or would if a person had not said that it is meant
/// @param warnings what is allowed, and still worth knowing
/// @param alternatives gentler ways to the same goal, with their figures
public record Plan(
        String site,
        long revision,
        boolean changed,
        boolean allowed,
        String summary,
        List<PlanSteps> steps,
        List<PlanService> services,
        List<PlanGuard> guards,
        List<PlanWarning> warnings,
        List<PlanAlternative> alternatives) {}
