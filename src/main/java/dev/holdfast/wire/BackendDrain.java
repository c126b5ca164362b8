package dev.holdfast.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How the drain of a backend stands. Nothing follows from its end: what to do then is for whoever
/// asked for it.
///
/// @param since when it became DRAINING
/// @param deadline when it is taken to be drained whatever is left
/// @param drainedSince when it ended: at zero connections or at the deadline; absent while it goes
///   on
/// @param why how it ended, or what it waits for
public record BackendDrain(
        Instant since, Instant deadline, @Nullable Instant drainedSince, String why) {}
