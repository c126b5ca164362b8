package dev.holdfast.wire;

import org.jspecify.annotations.Nullable;

/// A host's membership in a service.
///
/// @param service read-only, from the path
/// @param host read-only, from the path
/// @param weight 1 to 1000; left out: 1. Small whole numbers move fewest flows.
/// @param adminState left out: ENABLED
/// @param ordinal read-only: given when it joins and never again; fixes the order of destinations
/// @param serving read-only: whether new connections are sent to it
/// @param health read-only: what probes found; absent while nobody asks
/// @param revision read-only: when it last changed
public record Backend(
        @Nullable String service,
        @Nullable String host,
        @Nullable Integer weight,
        @Nullable AdminState adminState,
        @Nullable Long ordinal,
        @Nullable Boolean serving,
        @Nullable BackendHealth health,
        @Nullable Long revision) {

    /// As a body of a PUT.
    public static Backend asked(@Nullable Integer weight, @Nullable AdminState adminState) {
        return new Backend(null, null, weight, adminState, null, null, null, null);
    }
}
