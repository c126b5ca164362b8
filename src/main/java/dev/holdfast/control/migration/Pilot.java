package dev.holdfast.control.migration;

import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.service.KnownService;
import dev.holdfast.control.service.Services;
import dev.holdfast.wire.Migration;
import dev.holdfast.wire.MigrationSchedule.State;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;

/// Takes the steps of schedules when they are due, and goes back one when something is wrong.
///
/// Every replica looks; each step is taken under the site's lock from what the database says then,
/// so the second finds it taken, and a replica that dies leaves nothing undone.
@Component
class Pilot {

    private static final Logger LOG = LoggerFactory.getLogger(Pilot.class);
    private static final String PERIOD = "5s";
    private static final String WHO = "schedule";

    private final Timetables timetables;
    private final Schedules schedules;
    private final Migrations migrations;
    private final Services services;
    private final Bounds bounds;
    private final Revisions revisions;
    private final Clock clock = Clock.systemUTC();

    Pilot(
            Timetables timetables,
            Schedules schedules,
            Migrations migrations,
            Services services,
            Bounds bounds,
            Revisions revisions) {
        this.timetables = timetables;
        this.schedules = schedules;
        this.migrations = migrations;
        this.services = services;
        this.bounds = bounds;
        this.revisions = revisions;
    }

    @Scheduled(initialDelayString = PERIOD, fixedDelayString = PERIOD)
    void look() {
        look(clock.instant());
    }

    /// One look at all schedules that run.
    void look(Instant now) {
        for (Timetables.Running running : timetables.running()) {
            try {
                stepOrHalt(running, now);
            } catch (RuntimeException e) { // one site's trouble is not that of the others
                LOG.warn("the schedule of {} waits: {}", running, e.toString());
            }
        }
    }

    private void stepOrHalt(Timetables.Running running, Instant now) {
        try {
            advance(running, table -> step(table, now));
        } catch (Refusal refused) {
            String why = "the step was refused: " + refused.getMessage();
            advance(running, table -> table.keep(table.now().in(State.HALTED, why)));
        }
    }

    /// A schedule under its site's lock.
    private record Held(
            Edit edit, KnownService service, Timetable now, Migration migration, Timetables all) {

        void keep(Timetable next) {
            if (!next.equals(now)) {
                all.keep(edit.siteId(), service.id(), next);
            }
        }

        BigDecimal percent() {
            return Objects.requireNonNull(migration.percent());
        }
    }

    private void advance(Timetables.Running running, Consumer<Held> work) {
        revisions.advanceItself(
                WHO,
                running.site(),
                edit -> {
                    KnownService service = services.known(edit.siteId(), running.service());
                    timetables
                            .find(service.id())
                            .filter(table -> table.state() == State.RUNNING)
                            .ifPresent(table ->
                                    work.accept(
                                            new Held(
                                                    edit,
                                                    service,
                                                    table,
                                                    migrations.get(edit.site(), service.name()),
                                                    timetables)));
                });
    }

    private void step(Held held, Instant now) {
        Timetable table = held.now();
        if (held.percent().compareTo(table.at()) != 0) {
            held.keep(
                    table.in(
                            State.PAUSED,
                            "somebody changed the migration to %s by hand"
                                    .formatted(held.migration().stage())));
            return;
        }
        String name = held.service().name();
        long since = Objects.requireNonNull(held.migration().revision());
        switch (bounds.of(held.edit(), name, since)) {
            case Bounds.Verdict.Broken broken when table.at().signum() > 0 -> {
                BigDecimal back = table.before();
                schedules.move(held.edit(), name, held.migration(), back);
                held.keep(
                        table.moved(back, now)
                                .in(
                                        State.HALTED,
                                        "went back from %s %% to %s %%: %s"
                                                .formatted(table.at(), back, broken.why())));
            }
            case Bounds.Verdict.Broken broken -> held.keep(table.in(table.state(), broken.why()));
            case Bounds.Verdict.Waits waits -> held.keep(table.in(table.state(), waits.why()));
            case Bounds.Verdict.Within _ -> goOn(held, now);
        }
    }

    private void goOn(Held held, Instant now) {
        Timetable table = held.now();
        if (!table.hasSoaked(now)) {
            held.keep(table.in(table.state(), null));
        } else if (table.next().isEmpty()) {
            held.keep(table.in(State.DONE, null));
        } else {
            BigDecimal percent = table.next().get().percent();
            schedules.move(held.edit(), held.service().name(), held.migration(), percent);
            held.keep(table.moved(percent, now));
        }
    }
}
