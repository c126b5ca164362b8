package dev.holdfast.wire;

import java.time.Instant;

/// One change of the verdict on a backend.
///
/// @param at when
/// @param state what it was taken to be from then on
/// @param why the reason, in words
public record HealthTransition(Instant at, BackendHealth.State state, String why) {}
