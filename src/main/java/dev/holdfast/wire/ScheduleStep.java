package dev.holdfast.wire;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// One step of a migration's schedule.
///
/// @param percent for the backends, above 0 and up to 100, which is LIVE
/// @param soakSeconds how long it stays there before the next step; left out: 600
public record ScheduleStep(@Nullable BigDecimal percent, @Nullable Integer soakSeconds) {}
