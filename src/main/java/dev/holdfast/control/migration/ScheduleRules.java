package dev.holdfast.control.migration;

import dev.holdfast.control.problem.Faults;
import dev.holdfast.wire.MigrationSchedule;
import dev.holdfast.wire.ScheduleStep;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// What a schedule's body must keep to, whatever stands in the database.
final class ScheduleRules {

    private static final int STEPS_MAX = 20;
    private static final int DECIMALS_MAX = 3;
    private static final int SOAK_SECONDS = 600;
    private static final int SOAK_SECONDS_MAX = 30 * 24 * 60 * 60;

    private ScheduleRules() {}

    /// @throws dev.holdfast.control.problem.Refusal (400) when the body does not hold together
    static List<Timetable.Step> steps(String service, MigrationSchedule body) {
        Faults faults = new Faults();
        faults.unless(
                body.service() == null || body.service().equals(service),
                "service",
                body.service(),
                service + ", as in the path, or left out");
        List<ScheduleStep> asked = Objects.requireNonNullElse(body.steps(), List.of());
        faults.unless(
                !asked.isEmpty() && asked.size() <= STEPS_MAX,
                "steps",
                asked.size() + " steps",
                "1 to " + STEPS_MAX);
        List<Timetable.Step> steps = new ArrayList<>();
        BigDecimal last = BigDecimal.ZERO;
        for (int i = 0; i < Math.min(asked.size(), STEPS_MAX); i++) {
            String here = "steps[" + i + "]";
            ScheduleStep step = asked.get(i);
            BigDecimal percent = step == null ? null : step.percent();
            if (step == null
                    || percent == null
                    || percent.compareTo(last) <= 0
                    || percent.compareTo(MigrationRules.ALL) > 0) {
                faults.add(
                        here + ".percent", percent, "a number above %s, up to 100".formatted(last));
                continue;
            }
            BigDecimal shortest = MigrationRules.shortest(percent);
            faults.unless(
                    shortest.scale() <= DECIMALS_MAX,
                    here + ".percent",
                    percent,
                    "at most " + DECIMALS_MAX + " decimals");
            last = shortest;
            steps.add(
                    new Timetable.Step(
                            shortest,
                            faults.within(
                                    here + ".soakSeconds",
                                    step.soakSeconds(),
                                    SOAK_SECONDS,
                                    1,
                                    SOAK_SECONDS_MAX)));
        }
        faults.refuseIfAny();
        return steps;
    }
}
