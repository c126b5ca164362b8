package dev.holdfast.control.plan;

import dev.holdfast.wire.PlanGuard;
import dev.holdfast.wire.PlanService;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// A plan in one sentence.
final class Summary {

    private Summary() {}

    static String of(Outlook outlook, List<PlanGuard> guards) {
        if (!outlook.changed()) {
            return "Nothing would change.";
        }
        long refusals = guards.stream().filter(PlanGuard::refuses).count();
        String end = refusals == 0 ? "." : "; " + guards.getFirst().sentence() + ".";
        return outlook.services().stream()
                .max(Comparator.comparingDouble(PlanService::movedPercent))
                .map(most -> services(outlook.services().size(), most) + end)
                .orElse("No service's flows are touched" + end);
    }

    private static String services(int count, PlanService most) {
        String which =
                count == 1
                        ? "Of the flows of " + most.service()
                        : "%d services are touched; of the flows of %s, the most"
                                .formatted(count, most.service());
        return String.format(
                Locale.ROOT,
                "%s, %.1f %% move, %.1f %% of all without need",
                which,
                most.movedPercent(),
                most.collateralPercent());
    }
}
