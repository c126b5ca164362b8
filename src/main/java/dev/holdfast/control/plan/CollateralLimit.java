package dev.holdfast.control.plan;

import dev.holdfast.control.desired.Foresight;
import dev.holdfast.control.desired.Turn;
import dev.holdfast.control.problem.Fault;
import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Gate;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.service.CollateralLimits;
import dev.holdfast.control.site.Sites;
import dev.holdfast.wire.PlanGuard;
import dev.holdfast.wire.PlanGuard.Guard;
import dev.holdfast.wire.ServiceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Refuses a write that moves more flows of a service without need than the service, or else its
/// site, allows, unless a person gave a reason.
///
/// A site without any such limit pays for it with one look at its settings and one at an index.
@Component
class CollateralLimit implements Gate {

    private static final String UNLESS = "?override=reason";

    private final Sites sites;
    private final CollateralLimits services;
    private final Foresight foresight;

    CollateralLimit(Sites sites, CollateralLimits services, Foresight foresight) {
        this.sites = sites;
        this.services = services;
        this.foresight = foresight;
    }

    @Override
    public void check(Edit edit, WriteConditions conditions) {
        if (edit.current() == 0 || conditions.override() != null || !isAnywhere(edit)) {
            return;
        }
        List<Turn<ServiceState>> turns = foresight.of(edit).services();
        Bounds bounds = bounds(edit, turns);
        List<Fault> faults = new ArrayList<>();
        for (Turn<ServiceState> turn : turns) {
            Bound bound = bounds.of(turn.name());
            if (bound == null) {
                continue;
            }
            Movement movement = Movement.of(turn);
            if (bound.isExceededBy(movement)) {
                faults.add(
                        new Fault(
                                "service " + turn.name(),
                                Percent.words(movement.collateral())
                                        + " of its flows moved without need",
                                "at most %s %%, the %s's maxCollateralPercent, or %s; plan shows gentler ways"
                                        .formatted(bound.percent(), bound.whose(), UNLESS)));
            }
        }
        if (!faults.isEmpty()) {
            throw new Refusal(Problem.CONFLICT, faults);
        }
    }

    /// The same of a plan.
    ///
    /// @param bound null when there is none
    Optional<PlanGuard> guard(Movement movement, @Nullable Bound bound, boolean overridden) {
        if (bound == null || !bound.isExceededBy(movement)) {
            return Optional.empty();
        }
        return Optional.of(
                new PlanGuard(
                        Guard.MAX_COLLATERAL,
                        !overridden,
                        "service " + movement.service(),
                        "%s of its flows would move without need: more than the %s's maxCollateralPercent of %s"
                                .formatted(
                                        Percent.words(movement.collateral()),
                                        bound.whose(),
                                        bound.percent()),
                        UNLESS));
    }

    /// What holds for these services once the edit is done.
    Bounds bounds(Edit edit, List<Turn<ServiceState>> turns) {
        return new Bounds(
                ofSite(edit), services.of(edit.siteId(), turns.stream().map(Turn::name).toList()));
    }

    private boolean isAnywhere(Edit edit) {
        return ofSite(edit) != null || services.any(edit.siteId());
    }

    private @Nullable Double ofSite(Edit edit) {
        return sites.settings(edit).limits().maxCollateralPercent();
    }

    /// @param ofSite in percent, null when it has none
    /// @param ofServices in percent, of those that have one
    record Bounds(@Nullable Double ofSite, Map<String, Double> ofServices) {

        /// @return null when nothing limits it
        @Nullable Bound of(String service) {
            Double own = ofServices.get(service);
            if (own != null) {
                return new Bound(own, "service");
            }
            return ofSite == null ? null : new Bound(ofSite, "site");
        }
    }

    /// @param whose `service` or `site`
    record Bound(double percent, String whose) {

        private boolean isExceededBy(Movement movement) {
            return movement.collateral() * 100 > percent;
        }
    }
}
