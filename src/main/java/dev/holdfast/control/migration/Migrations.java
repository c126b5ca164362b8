package dev.holdfast.control.migration;

import dev.holdfast.control.address.Vips;
import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.service.KnownService;
import dev.holdfast.control.service.Services;
import dev.holdfast.control.table.ExactTable;
import dev.holdfast.control.web.Written;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.LegacyDestination;
import dev.holdfast.wire.Migration;
import dev.holdfast.wire.MigrationStage;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Moves services between old load balancers and their backends here.
@Service
public class Migrations {

    private final MigrationStore store;
    private final Siblings siblings;
    private final OldLoadBalancers old;
    private final Members members;
    private final Services services;
    private final Vips vips;
    private final Revisions revisions;

    Migrations(
            MigrationStore store,
            Siblings siblings,
            OldLoadBalancers old,
            Members members,
            Services services,
            Vips vips,
            Revisions revisions) {
        this.store = store;
        this.siblings = siblings;
        this.old = old;
        this.members = members;
        this.services = services;
        this.vips = vips;
        this.revisions = revisions;
    }

    /// Every service has a migration: LIVE, when nobody ever asked for another stage.
    @Transactional(readOnly = true)
    public Migration get(String site, String name) {
        return shown(services.known(revisions.of(site).id(), name));
    }

    /// Takes a step, or changes the share or the old load balancers, as part of an edit.
    ///
    /// @throws Refusal (409) when the step does not follow, (422) when the kernel cannot make the
    ///   share
    public Written<Migration> put(
            Edit edit, String name, Migration body, WriteConditions conditions) {
        KnownService service = services.known(edit.siteId(), name);
        Optional<MigrationEntity> known = store.find(service.id());
        long revision = known.map(MigrationEntity::revision).orElse(service.revision());
        conditions.check("migration of service " + name, revision);
        MigrationSettings wanted = MigrationRules.settings(name, family(service), body);
        Course before = known.map(store::course).orElse(Course.NONE);
        BigDecimal percent = known.map(MigrationEntity::percent).orElse(null);
        if (wanted.stage() == before.stage()
                && isSame(wanted.percent(), percent)
                && new HashSet<>(wanted.legacyHosts())
                        .equals(new HashSet<>(OldLoadBalancers.addresses(before)))) {
            return new Written<>(shown(service), revision, false);
        }
        refuseUnlessItFollows(before, wanted);
        // A step may take all serving backends out at once, back to the old load balancers:
        // whoever asks for it means it.
        edit.means();
        List<LegacyDestination> legacy = old.joined(edit, wanted.legacyHosts(), before.legacy());
        store.write(edit, service, course(service, wanted, before, legacy), wanted.percent());
        siblings.settle(edit, service.vipId(), -1);
        return new Written<>(shown(service), edit.next(), false);
    }

    private static boolean isSame(@Nullable BigDecimal one, @Nullable BigDecimal other) {
        if (one == null) {
            return other == null;
        }
        return other != null && one.compareTo(other) == 0;
    }

    private static void refuseUnlessItFollows(Course before, MigrationSettings wanted) {
        boolean hasOld = !wanted.legacyHosts().isEmpty();
        if (!Transitions.allow(before.stage(), wanted.stage(), hasOld)) {
            throw new Refusal(
                    Problem.CONFLICT,
                    "stage",
                    "%s after %s".formatted(wanted.stage(), before.stage()),
                    Transitions.after(before.stage(), hasOld));
        }
    }

    private Course course(
            KnownService service,
            MigrationSettings wanted,
            Course before,
            List<LegacyDestination> legacy) {
        Course kept =
                new Course(
                        wanted.stage(),
                        legacy,
                        legacy.isEmpty() ? null : before.backendWeight(),
                        switch (wanted.stage()) {
                            case LEGACY, SHADOW -> siblings.bringPackets(service);
                            case CANARY, LIVE -> false;
                        });
        BigDecimal percent = wanted.percent();
        return percent == null
                ? kept
                : weighing(service).reaching(kept, percent, before.announces() ? before : null);
    }

    /// @throws Refusal (422) when one of a schedule's steps is a share that the kernel cannot make
    void refuseUnreachable(KnownService service, List<Timetable.Step> steps) {
        Course course = store.course(service.id());
        for (int i = 0; i < steps.size(); i++) {
            BigDecimal percent = steps.get(i).percent();
            if (percent.compareTo(MigrationRules.ALL) < 0) {
                try {
                    weighing(service).reaching(course, percent, null);
                } catch (Refusal refusal) {
                    throw refusal.within("steps[" + i + "]", "steps[" + i + "]");
                }
            }
        }
    }

    /// Holds the share, as near as it can, when backends join, leave or change their weights.
    void hold(Edit edit, KnownService service) {
        MigrationEntity entity = store.find(service.id()).orElse(null);
        if (entity == null) {
            return;
        }
        Course course = store.course(entity);
        old.refuseOtherFamily(service, course, family(service));
        BigDecimal percent = entity.percent();
        if (course.stage() == MigrationStage.CANARY && percent != null) {
            Course held = weighing(service).holding(course, percent);
            if (!held.equals(course)) {
                store.write(edit, service, held, percent);
            }
        }
    }

    void vipTaken(Edit edit, KnownService service, @Nullable Long fromVip) {
        store.find(service.id())
                .map(store::course)
                .ifPresent(course -> old.refuseOtherFamily(service, course, family(service)));
        siblings.settle(edit, service.vipId(), -1);
        if (fromVip != null) {
            siblings.settle(edit, fromVip, -1);
        }
    }

    void end(Edit edit, KnownService service) {
        store.remove(edit, service);
        siblings.settle(edit, service.vipId(), service.id());
    }

    private Weighing weighing(KnownService service) {
        List<Destination> backends = members.of(service.id());
        if (backends.isEmpty()) {
            throw Refusal.conflict(
                    "service %s has no backend to get a share at CANARY: add one, or step back"
                            .formatted(service.name()));
        }
        return new Weighing(exact(service), backends);
    }

    private ExactTable exact(KnownService service) {
        return ExactTable.of(family(service), members.firstPort(service.id()));
    }

    private Family family(KnownService service) {
        return vips.known(service.vipId()).address().family();
    }

    private Migration shown(KnownService service) {
        Optional<MigrationEntity> known = store.find(service.id());
        Course course = known.map(store::course).orElse(Course.NONE);
        Migration document =
                MigrationStore.document(
                        service,
                        course,
                        known.map(MigrationEntity::percent).orElse(null),
                        known.map(MigrationEntity::revision).orElse(service.revision()));
        return new Migration(
                document.service(),
                document.stage(),
                document.percent(),
                document.legacyHosts(),
                real(service, course),
                document.legacy(),
                document.backendWeight(),
                document.forwards(),
                document.revision());
    }

    /// What no packet of the VIP reaches has no share, whatever its table.
    private BigDecimal real(KnownService service, Course course) {
        return course.announces()
                ? Percent.ofBackends(exact(service), course.destinations(members.of(service.id())))
                : BigDecimal.ZERO;
    }
}
