package dev.holdfast.maglev;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Weights that give the backends a share of a service's flows, and the legacy destinations the
/// rest.
///
/// @param ascending all destinations with their weights, in the order in which they were given
/// @param percent the real share of the backends: by the slots of the exact table, fallback
///   included
/// @param distortion how far the backends' weights are from their nominal proportions: 0 when
///   exact, 0.25 when one of them weighs a quarter too much or too little beside the heaviest
/// @param change what it moves on the way from the current table; absent when none was given
public record Split(
        List<Destination> ascending,
        double percent,
        double distortion,
        @Nullable Difference change) {

    public Split {
        ascending = List.copyOf(ascending);
    }
}
