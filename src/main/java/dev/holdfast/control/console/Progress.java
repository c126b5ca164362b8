package dev.holdfast.control.console;

import dev.holdfast.control.migration.Transitions;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Migration;
import dev.holdfast.wire.MigrationSchedule;
import dev.holdfast.wire.MigrationStage;
import dev.holdfast.wire.ScheduleStep;
import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// How a migration stands, for its page.
///
/// @param percent target share of the backends
/// @param realPercent what the exact table gives them
/// @param hosts the old load balancers, with spaces between
/// @param forwards whether flows that are not moved yet pass through here all the same
/// @param next the stages that may follow, itself among them
/// @param schedule null when there is none
record Progress(
        MigrationStage stage,
        String effect,
        BigDecimal percent,
        BigDecimal realPercent,
        String hosts,
        boolean forwards,
        List<MigrationStage> next,
        @Nullable Plan schedule) {

    static Progress of(Migration migration, @Nullable MigrationSchedule schedule) {
        MigrationStage stage = Objects.requireNonNull(migration.stage());
        List<IpAddress> hosts = Objects.requireNonNull(migration.legacyHosts());
        return new Progress(
                stage,
                effect(stage),
                Objects.requireNonNull(migration.percent()),
                Objects.requireNonNull(migration.realPercent()),
                hosts.stream().map(IpAddress::toString).collect(Collectors.joining(" ")),
                Boolean.TRUE.equals(migration.forwards()),
                Transitions.from(stage, !hosts.isEmpty()),
                schedule == null ? null : Plan.of(schedule));
    }

    /// What a stage means, for those who have to choose one.
    static String effect(MigrationStage stage) {
        return switch (stage) {
            case LEGACY ->
                    "Nothing of it is here: routers send its clients to the old load balancers.";
            case SHADOW ->
                    "Everything is programmed and probed here, and its VIP is not announced for it.";
            case CANARY ->
                    "The backends here get a share of its flows, the old load balancers the rest.";
            case LIVE ->
                    "The backends here get all of it. Old load balancers still named get nothing new.";
        };
    }

    /// A schedule.
    ///
    /// @param steps in words, such as `5 % for 30 min`
    /// @param goesOn whether it takes steps by itself now
    record Plan(
            String state,
            Tone tone,
            @Nullable String since,
            @Nullable String why,
            List<String> steps,
            boolean goesOn,
            boolean ended) {

        private static Plan of(MigrationSchedule schedule) {
            MigrationSchedule.State state = Objects.requireNonNull(schedule.state());
            return new Plan(
                    state.name(),
                    switch (state) {
                        case RUNNING -> Tone.BUSY;
                        case PAUSED -> Tone.OFF;
                        case HALTED -> Tone.BAD;
                        case DONE -> Tone.GOOD;
                    },
                    schedule.since() == null ? null : Times.dayAndSecond(schedule.since()),
                    schedule.why(),
                    Objects.requireNonNull(schedule.steps()).stream().map(Plan::words).toList(),
                    state == MigrationSchedule.State.RUNNING,
                    state == MigrationSchedule.State.DONE);
        }

        private static String words(ScheduleStep step) {
            int seconds = Objects.requireNonNull(step.soakSeconds());
            return seconds % 60 == 0
                    ? "%s %% for %d min".formatted(step.percent(), seconds / 60)
                    : "%s %% for %d s".formatted(step.percent(), seconds);
        }
    }
}
