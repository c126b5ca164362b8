package dev.holdfast.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a change set left behind.
///
/// @param site its name
/// @param revision the one revision that all of it became; the one before when it changed nothing
/// @param changed whether it made that revision
/// @param changes one for each change, in the same order
public record Applied(String site, long revision, boolean changed, List<Done> changes) {

    /// What became of one change.
    ///
    /// @param method as it was sent
    /// @param path as it was sent, with a slash before it
    /// @param created whether the resource did not exist before
    /// @param resource as a GET shows it since; left out for DELETE
    public record Done(
            Change.Method method, String path, boolean created, @Nullable Object resource) {}
}
