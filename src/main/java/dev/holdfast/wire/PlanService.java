package dev.holdfast.wire;

import java.util.List;

/// What becomes of a service's flows, by the kernel's exact tables before and after. All are
/// percent of all its flows; of several ports it is the one with the most collateral.
///
/// @param service its name
/// @param movedPercent flows that change their destination
/// @param intendedPercent those of them that have to
/// @param collateralPercent the rest of them
/// @param lostPercent those of the moved that get nothing afterwards
/// @param gainedPercent flows that had nothing and get a destination; not among the moved
/// @param backends what each gets before and after
public record PlanService(
        String service,
        double movedPercent,
        double intendedPercent,
        double collateralPercent,
        double lostPercent,
        double gainedPercent,
        List<PlanShare> backends) {}
