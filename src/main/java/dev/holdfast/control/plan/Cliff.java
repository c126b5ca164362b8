package dev.holdfast.control.plan;

import dev.holdfast.control.desired.Prospect;
import dev.holdfast.control.desired.Turn;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.PlanGuard;
import dev.holdfast.wire.PlanGuard.Guard;
import dev.holdfast.wire.ServiceState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// NO-CLIFF as the nodes will see it: a loss of more than so many percent, and of more than three.
final class Cliff {

    private static final int ALWAYS_ALLOWED = 3;
    private static final String UNLESS = "?meant=true";

    private Cliff() {}

    static List<PlanGuard> guards(Prospect prospect, int percent, boolean meant) {
        List<PlanGuard> guards = new ArrayList<>();
        long gone = prospect.services().stream().filter(turn -> turn.after() == null).count();
        if (isCliff(gone, prospect.servicesBefore(), percent)) {
            guards.add(
                    guard(
                            "site",
                            "nodes would lose %d of %d services at once"
                                    .formatted(gone, prospect.servicesBefore()),
                            percent,
                            meant));
        }
        for (Turn<ServiceState> turn : prospect.services()) {
            Set<Long> before = serving(turn.before());
            Set<Long> lost = new HashSet<>(before);
            lost.removeAll(serving(turn.after()));
            if (turn.after() != null && isCliff(lost.size(), before.size(), percent)) {
                guards.add(
                        guard(
                                "service " + turn.name(),
                                "it would lose %d of %d serving destinations at once"
                                        .formatted(lost.size(), before.size()),
                                percent,
                                meant));
            }
        }
        return guards;
    }

    private static PlanGuard guard(String subject, String lost, int percent, boolean meant) {
        return new PlanGuard(
                Guard.NO_CLIFF,
                !meant,
                subject,
                "%s: more than the site's cliffPercent of %d".formatted(lost, percent),
                UNLESS);
    }

    private static boolean isCliff(long lost, long of, int percent) {
        return lost > ALWAYS_ALLOWED && lost * 100 > of * percent;
    }

    private static Set<Long> serving(@Nullable ServiceState service) {
        Set<Long> ordinals = new HashSet<>();
        if (service != null) {
            for (Destination one : service.destinations()) {
                if (one.serving()) {
                    ordinals.add(one.ordinal());
                }
            }
        }
        return ordinals;
    }
}
