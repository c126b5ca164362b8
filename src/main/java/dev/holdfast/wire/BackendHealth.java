package dev.holdfast.wire;

import java.time.Instant;

/// What automation has found of a backend: one verdict for the whole site.
///
/// @param state what it is taken to be
/// @param why the reason, in words
/// @param since when the state last changed
public record BackendHealth(State state, String why, Instant since) {

    public enum State {
        /// It joined and has not passed yet: no connections.
        UNTRIED,
        UP,
        /// No new connections, unless the service fails open.
        DOWN
    }
}
