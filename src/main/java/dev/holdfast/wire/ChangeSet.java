package dev.holdfast.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Changes of one site that belong together: all of them become one revision, or none is made.
///
/// @param changes in the order in which they are to be made; at least one, and each resource once
public record ChangeSet(@Nullable List<Change> changes) {}
