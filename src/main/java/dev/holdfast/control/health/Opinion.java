package dev.holdfast.control.health;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one load balancer makes of one backend, after so many passes or failures in a row.
///
/// @param node its name
/// @param why of a failure; what else is worth knowing of a pass
record Opinion(String node, boolean up, @Nullable String why, Instant since) {}
