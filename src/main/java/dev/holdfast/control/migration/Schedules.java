package dev.holdfast.control.migration;

import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.service.KnownService;
import dev.holdfast.control.service.Services;
import dev.holdfast.wire.Migration;
import dev.holdfast.wire.MigrationSchedule;
import dev.holdfast.wire.MigrationSchedule.State;
import dev.holdfast.wire.MigrationStage;
import dev.holdfast.wire.ScheduleStep;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Lets people plan, pause and end the steps of a migration.
@Service
public class Schedules {

    private final Timetables timetables;
    private final Migrations migrations;
    private final Services services;
    private final Revisions revisions;

    Schedules(
            Timetables timetables, Migrations migrations, Services services, Revisions revisions) {
        this.timetables = timetables;
        this.migrations = migrations;
        this.services = services;
        this.revisions = revisions;
    }

    /// @throws Refusal (404) when the service has none
    @Transactional(readOnly = true)
    public MigrationSchedule get(String site, String name) {
        return find(site, name).orElseThrow(() -> Refusal.notFound("schedule of service " + name));
    }

    @Transactional(readOnly = true)
    public Optional<MigrationSchedule> find(String site, String name) {
        KnownService service = services.known(revisions.of(site).id(), name);
        return timetables.find(service.id()).map(timetable -> shown(service, timetable));
    }

    /// Plans the steps; or pauses, or goes on from where the migration is.
    ///
    /// @throws Refusal (409) when nothing can be moved, (422) when the kernel cannot make a step
    public MigrationSchedule put(String site, String name, MigrationSchedule body, Instant now) {
        List<Timetable.Step> steps = ScheduleRules.steps(name, body);
        return revisions.advance(
                site,
                WriteConditions.NONE,
                edit -> {
                    KnownService service = services.known(edit.siteId(), name);
                    Migration migration = migrations.get(site, name);
                    refuseWhatCannotMove(name, migration);
                    migrations.refuseUnreachable(service, steps);
                    State state = Boolean.TRUE.equals(body.paused()) ? State.PAUSED : State.RUNNING;
                    Optional<Timetable> before = timetables.find(service.id());
                    Timetable wanted =
                            new Timetable(
                                    steps,
                                    state,
                                    Objects.requireNonNull(migration.percent()),
                                    now,
                                    state == State.PAUSED ? "a person paused it" : null);
                    boolean same =
                            before.isPresent()
                                    && before.get().steps().equals(steps)
                                    && before.get().state() == state;
                    Timetable kept = same ? before.get() : wanted;
                    timetables.keep(edit.siteId(), service.id(), kept);
                    return shown(service, kept);
                });
    }

    /// Ends the schedule; the migration stays where it is.
    public void delete(String site, String name) {
        revisions.advance(
                site,
                WriteConditions.NONE,
                edit -> {
                    KnownService service = services.known(edit.siteId(), name);
                    if (!timetables.remove(service.id())) {
                        throw Refusal.notFound("schedule of service " + name);
                    }
                    return edit;
                });
    }

    private static void refuseWhatCannotMove(String name, Migration migration) {
        int old = Objects.requireNonNull(migration.legacyHosts()).size();
        if (migration.stage() == MigrationStage.LEGACY || old == 0) {
            throw Refusal.conflict(
                    "service %s is at %s with %d legacyHosts: a schedule begins at SHADOW or CANARY with at least one"
                            .formatted(name, migration.stage(), old));
        }
    }

    /// The migration at a percentage, by a schedule's own hand.
    void move(Edit edit, String name, Migration from, BigDecimal percent) {
        MigrationStage stage =
                percent.signum() == 0
                        ? MigrationStage.SHADOW
                        : percent.compareTo(MigrationRules.ALL) < 0
                                ? MigrationStage.CANARY
                                : MigrationStage.LIVE;
        migrations.put(
                edit,
                name,
                new Migration(
                        null, stage, percent, from.legacyHosts(), null, null, null, null, null),
                WriteConditions.NONE);
    }

    private static MigrationSchedule shown(KnownService service, Timetable timetable) {
        return new MigrationSchedule(
                service.name(),
                timetable.steps().stream()
                        .map(step -> new ScheduleStep(step.percent(), step.soakSeconds()))
                        .toList(),
                timetable.state() == State.PAUSED,
                timetable.state(),
                timetable.since(),
                timetable.why());
    }
}
