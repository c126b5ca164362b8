package dev.holdfast.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a system outside says of a backend. It is believed until it expires, whatever probes find.
///
/// @param up must be given
/// @param why 1 to 200 characters; must be given
/// @param expiresAt at most a day ahead; left out: in five minutes
/// @param by read-only: who says so
/// @param since read-only: since when that is said
/// @param revision read-only: when the backend last changed
public record HealthStatement(
        @Nullable Boolean up,
        @Nullable String why,
        @Nullable Instant expiresAt,
        @Nullable String by,
        @Nullable Instant since,
        @Nullable Long revision) {}
