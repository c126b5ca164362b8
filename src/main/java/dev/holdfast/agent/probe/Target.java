package dev.holdfast.agent.probe;

import dev.holdfast.wire.HealthCheck;
import dev.holdfast.wire.IpAddress;

/// One backend and what it must be able to do.
record Target(String service, String host, IpAddress vip, HealthCheck check) {

    int port() {
        return given(check.port(), 1);
    }

    int intervalSeconds() {
        return given(check.intervalSeconds(), 5);
    }

    int timeoutSeconds() {
        return given(check.timeoutSeconds(), 2);
    }

    int rise() {
        return given(check.rise(), 2);
    }

    int fall() {
        return given(check.fall(), 3);
    }

    /// The control plane fills in what was left out; a state on disk may be older than that.
    private static int given(@org.jspecify.annotations.Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }
}
