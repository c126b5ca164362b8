package dev.holdfast.maglev;

import org.jspecify.annotations.Nullable;

/// Whether a wanted share of flows can be made with the kernel's weights.
public sealed interface SplitAnswer {

    /// It can, within the tolerance.
    record Reached(Split split) implements SplitAnswer {}

    /// It cannot.
    ///
    /// @param below the nearest smaller share that can be made; absent when there is none but 0
    /// @param above the nearest larger one; absent when there is none but 100
    record OutOfReach(@Nullable Split below, @Nullable Split above) implements SplitAnswer {}
}
