package dev.holdfast.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the agent of a node or a host last reported, as people read it in `status`.
///
/// @param name of the node or host
/// @param appliedRevision the revision the machine runs; absent before the first report
/// @param epoch of that revision when it is not the site's: from before the site was made again, or
///   put back from a backup
/// @param heardAt when the last report arrived; absent before the first
/// @param lost whether it has been silent for longer than an agent ever is
/// @param agrees whether its tables equal those of most others at the same revision; absent while
///   there is none to compare with, and for hosts
/// @param differs the services whose tables differ; absent where `agrees` is not false
/// @param refusedRevision a revision it would not apply
/// @param why the reason for that
/// @param failures steps the kernel refused
/// @param announced how many VIPs routers are told to send to this node; absent before the first
///   report, and for hosts
public record Observed(
        String name,
        @Nullable Long appliedRevision,
        @Nullable String epoch,
        @Nullable Instant heardAt,
        boolean lost,
        @Nullable Boolean agrees,
        @Nullable List<TableDifference> differs,
        @Nullable Long refusedRevision,
        @Nullable String why,
        List<Failure> failures,
        @Nullable Integer announced) {}
