package dev.holdfast.control.plan;

import dev.holdfast.control.desired.Foresight;
import dev.holdfast.control.desired.Turn;
import dev.holdfast.control.problem.Fault;
import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Gate;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.site.Sites;
import dev.holdfast.wire.PlanGuard;
import dev.holdfast.wire.PlanGuard.Guard;
import dev.holdfast.wire.ServiceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Refuses a write that moves more flows without need than its site allows, unless a person gave a
/// reason.
///
/// A site without such a limit pays for it with one look at its settings.
@Component
class CollateralLimit implements Gate {

    private static final String UNLESS = "?override=reason";

    private final Sites sites;
    private final Foresight foresight;

    CollateralLimit(Sites sites, Foresight foresight) {
        this.sites = sites;
        this.foresight = foresight;
    }

    @Override
    public void check(Edit edit, WriteConditions conditions) {
        Double limit = edit.current() == 0 ? null : limit(edit);
        if (limit == null || conditions.override() != null) {
            return;
        }
        List<Fault> faults = new ArrayList<>();
        for (Turn<ServiceState> turn : foresight.of(edit).services()) {
            Movement movement = Movement.of(turn);
            if (exceeds(movement, limit)) {
                faults.add(
                        new Fault(
                                "service " + turn.name(),
                                Percent.words(movement.collateral())
                                        + " of its flows moved without need",
                                "at most %s %%, the site's maxCollateralPercent, or %s; plan shows gentler ways"
                                        .formatted(limit, UNLESS)));
            }
        }
        if (!faults.isEmpty()) {
            throw new Refusal(Problem.CONFLICT, faults);
        }
    }

    /// The same of a plan.
    Optional<PlanGuard> guard(Movement movement, @Nullable Double limit, boolean overridden) {
        if (limit == null || !exceeds(movement, limit)) {
            return Optional.empty();
        }
        return Optional.of(
                new PlanGuard(
                        Guard.MAX_COLLATERAL,
                        !overridden,
                        "service " + movement.service(),
                        "%s of its flows would move without need: more than the site's maxCollateralPercent of %s"
                                .formatted(Percent.words(movement.collateral()), limit),
                        UNLESS));
    }

    @Nullable Double limit(Edit edit) {
        return sites.settings(edit).limits().maxCollateralPercent();
    }

    private static boolean exceeds(Movement movement, double limit) {
        return movement.collateral() * 100 > limit;
    }
}
