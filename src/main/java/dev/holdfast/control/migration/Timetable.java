package dev.holdfast.control.migration;

import dev.holdfast.wire.MigrationSchedule;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A schedule as it is kept. Pure: what comes next is a matter of where it stands and of the time.
///
/// @param steps ascending by percentage
/// @param at the migration's percentage when the schedule last moved it or was let run
record Timetable(
        List<Step> steps,
        MigrationSchedule.State state,
        BigDecimal at,
        Instant since,
        @Nullable String why) {

    /// @param percent above 0, up to 100
    record Step(BigDecimal percent, int soakSeconds) {}

    Timetable {
        steps = List.copyOf(steps);
    }

    Optional<Step> next() {
        return steps.stream().filter(step -> step.percent().compareTo(at) > 0).findFirst();
    }

    /// The one before the present one; 0, which is SHADOW, when there is none.
    BigDecimal before() {
        return steps.stream()
                .map(Step::percent)
                .filter(percent -> percent.compareTo(at) < 0)
                .reduce((_, later) -> later)
                .orElse(BigDecimal.ZERO);
    }

    /// Whether it has stayed as long as the present step wants; before the first there is nothing
    /// to wait for.
    boolean hasSoaked(Instant now) {
        return steps.stream()
                .filter(step -> step.percent().compareTo(at) == 0)
                .allMatch(
                        step -> !now.isBefore(since.plus(Duration.ofSeconds(step.soakSeconds()))));
    }

    Timetable moved(BigDecimal percent, Instant now) {
        return new Timetable(steps, state, percent, now, null);
    }

    Timetable in(MigrationSchedule.State next, @Nullable String reason) {
        return new Timetable(steps, next, at, since, reason);
    }
}
