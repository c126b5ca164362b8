package dev.holdfast.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who runs what in a site.
///
/// @param agree whether all nodes that are heard from have the same tables; false when two differ
///   at the same revision, absent while nobody reported or a change is on its way to some
/// @param nodes all of them, heard from or not
/// @param hosts all of them, heard from or not
public record Status(
        String site,
        String epoch,
        long revision,
        @Nullable Boolean agree,
        List<Observed> nodes,
        List<Observed> hosts) {}
