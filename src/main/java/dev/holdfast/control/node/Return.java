package dev.holdfast.control.node;

import dev.holdfast.control.problem.Refusal;
import dev.holdfast.wire.Observed;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Keeps a load balancer out until its tables are known to agree with the others' (SAME-TABLE): one
/// with other tables would reset the connections that come to it.
final class Return {

    private Return() {}

    /// @param observed what its agent last said; null when it never did
    /// @throws Refusal (409) when its tables differ, or nobody knows
    static void refuseUnlessAgreeing(String name, @Nullable Observed observed) {
        objection(observed)
                .ifPresent(objection -> {
                    throw Refusal.conflict(
                            "node %s %s; or repeat with ?force=true".formatted(name, objection));
                });
    }

    private static Optional<String> objection(@Nullable Observed observed) {
        if (observed == null || observed.heardAt() == null) {
            return Optional.of(
                    "was never heard from, so nobody knows whether its tables agree with the"
                            + " others': start its agent");
        }
        if (observed.lost()) {
            return Optional.of(
                    "is lost, silent since %s, so nobody knows whether its tables agree with the others': start its agent"
                            .formatted(observed.heardAt()));
        }
        if (observed.agrees() == null) {
            return Optional.of(
                    "runs %s, and no node to compare its tables with does: wait until they are at the same revision"
                            .formatted(
                                    observed.appliedRevision() == null
                                            ? "no revision yet"
                                            : "revision " + observed.appliedRevision()));
        }
        return observed.agrees()
                ? Optional.empty()
                : Optional.of(
                        "has tables that differ from the others': it would send some clients to"
                                + " other backends; see its failures");
    }
}
