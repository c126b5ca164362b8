package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.DestinationKey;
import dev.holdfast.agent.kernel.KernelDestination;
import dev.holdfast.agent.kernel.Scheduling;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.kernel.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Plans one IPVS service so that its table is the same whatever was there before (SAME-TABLE).
///
/// The kernel's table is a function of the destinations in their order of adding, and of the last
/// weight above 0 of each. So: add in ascending order of ordinals, always with the nominal weight,
/// and only then set to 0 what is not serving. The kernel makes the whole table anew for each of
/// these (KERNEL §3), so a new service gets its scheduler last: one table, and none that is half
/// full ever chooses.
///
/// Connections are cut by removing a destination together with them. What stays in the table is
/// then added again, and with it all that comes after it, so that the order is the same as before.
final class ServicePlanner {

    private final TargetService want;
    private final List<Step> steps = new ArrayList<>();

    private ServicePlanner(TargetService want) {
        this.want = want;
    }

    /// The steps from what is there to what is wanted.
    ///
    /// @param have null when there is none
    static List<Step> plan(TargetService want, @Nullable SeenService have) {
        ServicePlanner planner = new ServicePlanner(want);
        if (have == null) {
            planner.steps.add(new Step.AddService(want.key(), Scheduling.NONE));
            want.destinations().forEach(planner::add);
            planner.steps.add(new Step.EditService(want.key(), want.scheduling()));
        } else if (!planner.isWanted(have)) {
            planner.change(have);
        }
        return planner.steps;
    }

    /// Whether nothing is to be done, as in nearly all services of nearly all rounds.
    private boolean isWanted(SeenService have) {
        if (!want.scheduling().equals(have.scheduling())
                || want.destinations().size() != have.destinations().size()) {
            return false;
        }
        for (int i = 0; i < want.destinations().size(); i++) {
            if (!isWanted(want.destinations().get(i), have.destinations().get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isWanted(TargetDestination one, SeenDestination there) {
        Integer last = there.lastWeight();
        boolean toBeCut =
                one.serving() == TargetDestination.Serving.CUT && there.mayHaveConnections();
        return !toBeCut
                && last != null
                && last == one.nominal()
                && there.destination().equals(one.settled());
    }

    private void change(SeenService have) {
        ServiceKey key = want.key();
        if (!want.scheduling().equals(have.scheduling())) {
            steps.add(new Step.EditService(key, want.scheduling()));
        }
        Map<DestinationKey, SeenDestination> seen = new HashMap<>();
        have.destinations().forEach(d -> seen.put(d.destination().key(), d));
        int kept = keptPrefix(have);
        for (int i = want.destinations().size() - 1; i >= 0; i--) {
            DestinationKey one = want.destinations().get(i).key();
            SeenDestination there = seen.get(one);
            if (want.destinations().get(i).serving() == TargetDestination.Serving.CUT
                    && there != null
                    && there.mayHaveConnections()) {
                steps.add(new Step.CutDestination(key, there.destination()));
                seen.remove(one);
                kept = Math.min(kept, i);
            }
        }
        for (int i = 0; i < want.destinations().size(); i++) {
            TargetDestination one = want.destinations().get(i);
            SeenDestination there = seen.remove(one.key());
            if (there != null && i < kept) {
                settle(one, there);
                continue;
            }
            if (there != null) {
                // Out of order. One at a time, so that no more than one is ever missing.
                steps.add(new Step.RemoveDestination(key, one.key()));
            }
            add(one);
        }
        for (SeenDestination gone : have.destinations()) {
            if (seen.containsKey(gone.destination().key())) {
                steps.add(new Step.CutDestination(key, gone.destination()));
            }
        }
    }

    /// How many of the wanted destinations, counted from the first, are there in that order. These
    /// stay; all others have to be added after them.
    private int keptPrefix(SeenService have) {
        int kept = 0;
        for (SeenDestination there : have.destinations()) {
            boolean next =
                    kept < want.destinations().size()
                            && want.destinations()
                                    .get(kept)
                                    .key()
                                    .equals(there.destination().key());
            if (next) {
                kept++;
            }
        }
        return kept;
    }

    private void add(TargetDestination one) {
        steps.add(new Step.AddDestination(want.key(), one.atNominal()));
        if (one.serving() != TargetDestination.Serving.YES) {
            edit(one.settled());
        }
    }

    private void settle(TargetDestination one, SeenDestination there) {
        Integer last = there.lastWeight();
        boolean tableMatches = last != null && last == one.nominal();
        if (!tableMatches) {
            edit(one.atNominal());
        }
        boolean settled =
                tableMatches
                        ? there.destination().equals(one.settled())
                        : one.serving() == TargetDestination.Serving.YES;
        if (!settled) {
            edit(one.settled());
        }
    }

    private void edit(KernelDestination destination) {
        steps.add(new Step.EditDestination(want.key(), destination));
    }
}
