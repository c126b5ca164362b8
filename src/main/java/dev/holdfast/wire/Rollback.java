package dev.holdfast.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What it took, or would take, to put a site back to what it was.
///
/// @param site its name
/// @param to the revision whose content it has since
/// @param revision the new one that this made; the newest before when nothing was stored
/// @param changed whether it made that revision
/// @param changes the change set that it is
/// @param plan what it would do; only with `?dryRun=true`
public record Rollback(
        String site,
        long to,
        long revision,
        boolean changed,
        List<Change> changes,
        @Nullable Plan plan) {}
