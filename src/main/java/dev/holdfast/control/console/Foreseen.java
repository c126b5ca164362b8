package dev.holdfast.control.console;

import dev.holdfast.wire.Plan;
import java.util.List;

/// A plan as the pages show it.
///
/// @param services the figures of each service touched, drawn
/// @param gentler other ways to the same goal, each as a change set to be looked at
record Foreseen(Plan plan, List<MovedService> services, List<Gentler> gentler) {

    /// @param changes JSON, as it would be posted
    record Gentler(String sentence, String changes) {}

    /// What a change of the one way that was asked for would move.
    ///
    /// @param width of what has to move, 0 to 100
    /// @param collateral width of what moves without need
    /// @param lost width of what gets nothing afterwards
    record MovedService(
            String name,
            String sentence,
            String width,
            String collateral,
            String lost,
            List<Share> shares,
            int more) {}

    /// One backend's share before and after.
    record Share(String host, Bar before, Bar after) {}
}
