package dev.holdfast.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A host's membership in a service.
///
/// @param service read-only, from the path
/// @param host read-only, from the path
/// @param weight 1 to 1000; left out: 1. Small whole numbers move fewest flows.
/// @param adminState left out: ENABLED
/// @param drainSeconds how long a drain may take, 1 to 604800; left out: 1800
/// @param ordinal read-only: given when it joins and never again; fixes the order of destinations
/// @param serving read-only: whether new connections are sent to it
/// @param health read-only: what probes found; absent while nobody asks
/// @param opinions read-only: what each of its probers last said; absent while nobody asks
/// @param connections read-only: how many the load balancers have to it, all that are heard from
///   together; absent while none is
/// @param drained read-only: whether its drain is over; absent when it is not DRAINING
/// @param drain read-only: how that stands; absent when it is not DRAINING
/// @param revision read-only: when it last changed
public record Backend(
        @Nullable String service,
        @Nullable String host,
        @Nullable Integer weight,
        @Nullable AdminState adminState,
        @Nullable Integer drainSeconds,
        @Nullable Long ordinal,
        @Nullable Boolean serving,
        @Nullable BackendHealth health,
        @Nullable List<HealthOpinion> opinions,
        @Nullable Long connections,
        @Nullable Boolean drained,
        @Nullable BackendDrain drain,
        @Nullable Long revision) {

    /// As a body of a PUT.
    public static Backend asked(@Nullable Integer weight, @Nullable AdminState adminState) {
        return new Backend(
                null,
                null,
                weight,
                adminState,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    /// The same backend, to be PUT in another state.
    public Backend to(AdminState state) {
        return new Backend(
                null,
                null,
                weight,
                state,
                drainSeconds,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    public Backend withOpinions(List<HealthOpinion> seen) {
        return new Backend(
                service,
                host,
                weight,
                adminState,
                drainSeconds,
                ordinal,
                serving,
                health,
                seen,
                connections,
                drained,
                drain,
                revision);
    }

    public Backend withConnections(@Nullable Long seen) {
        return new Backend(
                service,
                host,
                weight,
                adminState,
                drainSeconds,
                ordinal,
                serving,
                health,
                opinions,
                seen,
                drained,
                drain,
                revision);
    }

    public Backend withDrain(BackendDrain seen) {
        return new Backend(
                service,
                host,
                weight,
                adminState,
                drainSeconds,
                ordinal,
                serving,
                health,
                opinions,
                connections,
                seen.drainedSince() != null,
                seen,
                revision);
    }
}
