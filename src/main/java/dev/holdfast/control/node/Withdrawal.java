package dev.holdfast.control.node;

import dev.holdfast.control.observed.Announcing;
import dev.holdfast.control.problem.Few;
import dev.holdfast.wire.Maintenance;
import dev.holdfast.wire.Maintenance.Progress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/// How far a node's withdrawal is, judged by what its agent reports and by nothing else.
@Component
class Withdrawal {

    private final Duration settleTime;

    /// @param settleTime from nothing announced to safe: routers need a second or three, and
    ///   packets on their way are served meanwhile
    Withdrawal(@Value("${holdfast.settle-time:10s}") Duration settleTime) {
        this.settleTime = settleTime;
    }

    Maintenance shown(Maintenance asked, Announcing node) {
        long revision = Objects.requireNonNull(asked.revision());
        Long withdrawnFor = node.withdrawnFor();
        if (node.heardAt() == null) {
            return at(asked, Progress.WITHDRAWING, "its agent was never heard from");
        }
        if (node.applied() == null || node.applied() < revision || withdrawnFor == null) {
            return at(asked, Progress.WITHDRAWING, pending(node, revision));
        }
        if (Boolean.FALSE.equals(node.announces())) {
            return at(
                    asked,
                    Progress.WITHDRAWING,
                    "its agent has no bird-file: withdraw its VIPs where they are announced");
        }
        if (withdrawnFor < settleTime.toSeconds()) {
            return at(
                    asked,
                    Progress.SETTLING,
                    "nothing is announced for %d s (expected: %d s)"
                            .formatted(withdrawnFor, settleTime.toSeconds()));
        }
        return at(asked, Progress.SAFE_TO_STOP, null);
    }

    private static String pending(Announcing node, long revision) {
        if (node.lost()) {
            return "lost: its agent fell silent at " + node.heardAt();
        }
        if (node.applied() == null || node.applied() < revision) {
            return "its agent runs revision %s (expected: %d)"
                    .formatted(Objects.requireNonNullElse(node.applied(), "none"), revision);
        }
        if (node.vips().isEmpty() && node.unproven() != null) {
            return "its agent could not see to it in BIRD, which may still announce: "
                    + node.unproven();
        }
        return "it still announces "
                + Few.of("VIP", List.copyOf(new TreeSet<>(node.vips()))).orElse("something");
    }

    private static Maintenance at(Maintenance asked, Progress progress, @Nullable String why) {
        return new Maintenance(
                asked.reason(), asked.since(), asked.by(), progress, why, asked.revision());
    }
}
