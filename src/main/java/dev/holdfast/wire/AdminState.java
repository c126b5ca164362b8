package dev.holdfast.wire;

/// What a person wants of a backend. Automation never changes it (PERSON-WINS).
public enum AdminState {
    /// Takes traffic while it is healthy.
    ENABLED,
    /// No new connections; those it has stay.
    DRAINING,
    /// No connections, from now on.
    DISABLED
}
