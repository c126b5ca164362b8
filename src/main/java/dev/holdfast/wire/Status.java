package dev.holdfast.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who runs what in a site.
///
/// @param agree whether all tables of all nodes that reported agree; absent while nobody reported
public record Status(
        String site,
        String epoch,
        long revision,
        @Nullable Boolean agree,
        List<Observed> nodes,
        List<Observed> hosts) {}
