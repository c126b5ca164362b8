package dev.holdfast.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the agent of a node or a host last reported, as people read it in `status`.
///
/// @param name of the node or host
/// @param appliedRevision the revision the machine runs; absent before the first report
/// @param heardAt when the last report arrived; absent before the first
/// @param lost whether it has been silent for longer than an agent ever is
/// @param agrees whether its tables equal those of the other nodes; absent while unknown
/// @param refusedRevision a revision it would not apply
/// @param why the reason for that
/// @param failures steps the kernel refused
public record Observed(
        String name,
        @Nullable Long appliedRevision,
        @Nullable Instant heardAt,
        boolean lost,
        @Nullable Boolean agrees,
        @Nullable Long refusedRevision,
        @Nullable String why,
        List<Failure> failures) {}
