package dev.holdfast.agent.report;

import dev.holdfast.wire.Report;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// How the agent stood when it last wrote.
///
/// @param writtenAt when that was
/// @param heardAt when a control plane last gave a usable answer; null when never
/// @param problem why it does not now; null when it does
/// @param report what the control plane is told; null as long as there was no state to apply
public record AgentStatus(
        Instant writtenAt,
        @Nullable Instant heardAt,
        @Nullable String problem,
        @Nullable Report report) {

    /// Whether the kernel was wholly brought to this revision of this epoch.
    public boolean applied(String epoch, long revision) {
        return report != null
                && epoch.equals(report.epoch())
                && report.revision() != null
                && report.revision() == revision
                && (report.failures() == null
                        || report.failures().stream().allMatch(OtherSize::is));
    }
}
