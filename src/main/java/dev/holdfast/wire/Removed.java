package dev.holdfast.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Names that are gone since the revision a delta starts from. Absent lists are empty.
///
/// @param vips in a host's state only
public record Removed(
        @Nullable List<String> services,
        @Nullable List<String> hosts,
        @Nullable List<String> nodes,
        @Nullable List<String> vips) {}
