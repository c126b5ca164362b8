package dev.holdfast.control.plan;

import dev.holdfast.control.desired.Foresight;
import dev.holdfast.control.desired.Prospect;
import dev.holdfast.control.desired.Turn;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.service.Backends;
import dev.holdfast.control.site.Sites;
import dev.holdfast.control.web.Page;
import dev.holdfast.wire.AdminState;
import dev.holdfast.wire.Backend;
import dev.holdfast.wire.Change;
import dev.holdfast.wire.ChangeSet;
import dev.holdfast.wire.Items;
import dev.holdfast.wire.PlanGuard;
import dev.holdfast.wire.PlanService;
import dev.holdfast.wire.PlanWarning;
import dev.holdfast.wire.ServiceState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Looks at an edit under way from every side.
@Component
class Outlooks {

    private static final int PAGE = 1000;

    /// Services for which a smaller scale is looked for.
    private static final int RESCALED_MAX = 10;

    /// A service that the set touches.
    private record Mover(Turn<ServiceState> turn, double collateral) {}

    private final Foresight foresight;
    private final CollateralLimit limit;
    private final Sites sites;
    private final Backends backends;

    Outlooks(Foresight foresight, CollateralLimit limit, Sites sites, Backends backends) {
        this.foresight = foresight;
        this.limit = limit;
        this.sites = sites;
        this.backends = backends;
    }

    Outlook of(Edit edit, ChangeSet set, WriteConditions conditions) {
        Prospect prospect = foresight.of(edit);
        int cliff = Objects.requireNonNull(sites.settings(edit).limits().cliffPercent());
        List<PlanGuard> guards =
                new ArrayList<>(
                        Cliff.guards(prospect, cliff, conditions.meant() || edit.isMeant()));
        CollateralLimit.Bounds bounds = limit.bounds(edit, prospect.services());
        List<PlanService> services = new ArrayList<>();
        List<PlanWarning> warnings = new ArrayList<>();
        List<Mover> movers = new ArrayList<>();
        for (Turn<ServiceState> turn : prospect.services()) {
            Movement movement = Movement.of(turn);
            services.add(movement.shown());
            movers.add(new Mover(turn, movement.collateral()));
            limit.guard(movement, bounds.of(turn.name()), conditions.override() != null)
                    .ifPresent(guards::add);
            warnings.addAll(Warnings.of(turn, movement));
        }
        double collateral = movers.stream().mapToDouble(Mover::collateral).sum();
        return new Outlook(
                edit.current(),
                edit.result() != edit.current(),
                collateral,
                Steps.of(prospect),
                services,
                guards,
                warnings,
                collateral < Gentler.WORTH ? List.of() : ideas(edit, set, movers));
    }

    private List<Outlook.Idea> ideas(Edit edit, ChangeSet set, List<Mover> movers) {
        List<Change> changes = Objects.requireNonNull(set.changes());
        Map<String, Turn<ServiceState>> byName = new HashMap<>();
        movers.forEach(one -> byName.put(one.turn().name(), one.turn()));
        List<Outlook.Idea> ideas = new ArrayList<>();
        Gentler.drainFirst(changes, byName)
                .ifPresent(gentler ->
                        ideas.add(
                                new Outlook.Idea(
                                        "drain first, and delete when the connections are gone",
                                        gentler)));
        smallerScales(edit, changes, movers).ifPresent(ideas::add);
        return ideas;
    }

    /// For the services that would move most: an idea costs as much as a plan.
    private Optional<Outlook.Idea> smallerScales(
            Edit edit, List<Change> changes, List<Mover> movers) {
        List<Turn<ServiceState>> most =
                movers.stream()
                        .sorted(Comparator.comparingDouble(Mover::collateral).reversed())
                        .limit(RESCALED_MAX)
                        .map(Mover::turn)
                        .toList();
        List<String> names = new ArrayList<>();
        List<Change> gentler = changes;
        for (Turn<ServiceState> turn : most) {
            Optional<List<Change>> scaled =
                    Gentler.smallerScale(gentler, turn, states(edit, turn.after()));
            if (scaled.isPresent()) {
                gentler = scaled.get();
                names.add(turn.name());
            }
        }
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Outlook.Idea(
                                "weights of a smaller common scale for " + String.join(", ", names),
                                gentler));
    }

    /// Of those that do not serve: for the others it is plain.
    private Map<String, AdminState> states(Edit edit, @Nullable ServiceState service) {
        Map<String, AdminState> states = new HashMap<>();
        if (service == null || service.destinations().stream().allMatch(one -> one.serving())) {
            return states;
        }
        String after = "";
        while (after != null) {
            Items<Backend> page =
                    backends.list(edit.site(), service.name(), new Page(after, PAGE), null);
            for (Backend backend : page.items()) {
                states.put(
                        Objects.requireNonNull(backend.host()),
                        Objects.requireNonNull(backend.adminState()));
            }
            after = page.next();
        }
        return states;
    }
}
