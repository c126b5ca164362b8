package dev.holdfast.control.service;

import dev.holdfast.control.problem.Faults;
import dev.holdfast.wire.AdminState;
import dev.holdfast.wire.Backend;
import java.util.Objects;

/// What a backend asks for, with every default filled in.
///
/// @param drainSeconds after which a drain is taken to be over
record BackendSettings(int weight, AdminState adminState, int drainSeconds) {

    private static final int WEIGHT_MAX = 1000;

    /// Twice the time that IPVS remembers a connection of which it saw the last packet.
    private static final int DRAIN_SECONDS = 1800;

    private static final int DRAIN_SECONDS_MAX = 7 * 24 * 3600;

    /// @throws dev.holdfast.control.problem.Refusal (400) when the body does not hold together
    static BackendSettings of(String service, String host, Backend body) {
        Faults faults = new Faults();
        faults.unless(
                body.service() == null || body.service().equals(service),
                "service",
                body.service(),
                service + ", as in the path, or left out");
        faults.unless(
                body.host() == null || body.host().equals(host),
                "host",
                body.host(),
                host + ", as in the path, or left out");
        int weight = faults.within("weight", body.weight(), 1, 1, WEIGHT_MAX);
        int drainSeconds =
                faults.within(
                        "drainSeconds", body.drainSeconds(), DRAIN_SECONDS, 1, DRAIN_SECONDS_MAX);
        faults.refuseIfAny();
        return new BackendSettings(
                weight,
                Objects.requireNonNullElse(body.adminState(), AdminState.ENABLED),
                drainSeconds);
    }
}
