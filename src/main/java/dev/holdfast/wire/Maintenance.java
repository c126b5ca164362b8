package dev.holdfast.wire;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// A load balancer that a person takes out of service. Its VIPs are withdrawn; it goes on
/// forwarding what still comes.
///
/// @param reason shown to others
/// @param since read-only: when it was asked for
/// @param by read-only: who asked
/// @param progress read-only: how far it is, by what its agent reports
/// @param why read-only: what it waits for; absent when it is safe to stop
/// @param revision read-only: when it last changed
public record Maintenance(
        @Nullable String reason,
        @Nullable Instant since,
        @Nullable String by,
        @Nullable Progress progress,
        @Nullable String why,
        @Nullable Long revision) {

    /// From asked for to done.
    public enum Progress {
        /// Its agent has not yet reported that it announces nothing.
        WITHDRAWING,
        /// Nothing is announced any more; routers and packets on their way are given time.
        SETTLING,
        /// Nothing comes here any more.
        SAFE_TO_STOP
    }
}
