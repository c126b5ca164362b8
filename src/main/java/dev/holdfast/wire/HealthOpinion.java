package dev.holdfast.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What one load balancer makes of one backend that it probes.
///
/// @param node its name
/// @param up after so many passes or failures in a row; absent while it has said nothing yet
/// @param why of a failure; what else is worth knowing of a pass
/// @param since when it last changed its mind; absent while it has said nothing yet
/// @param counts whether it was heard from of late, so that its opinion is part of the verdict
public record HealthOpinion(
        String node,
        @Nullable Boolean up,
        @Nullable String why,
        @Nullable Instant since,
        boolean counts) {}
