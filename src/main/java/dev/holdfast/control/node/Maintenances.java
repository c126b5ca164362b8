package dev.holdfast.control.node;

import dev.holdfast.control.observed.Announcements;
import dev.holdfast.control.observed.Announcing;
import dev.holdfast.control.observed.Observations;
import dev.holdfast.control.problem.Faults;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Kind;
import dev.holdfast.control.revision.Lineage;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Written;
import dev.holdfast.wire.Maintenance;
import dev.holdfast.wire.Node;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Takes load balancers out of service and brings them back.
///
/// Only a person does that. A node that falls silent is shown as lost, and nothing is changed for
/// it: routers notice by themselves.
@Service
public class Maintenances {

    private static final int REASON_LENGTH_MAX = 200;

    private final NodeRepository repository;
    private final Revisions revisions;
    private final Announcements announcements;
    private final Observations observations;
    private final LastAnnouncer lastAnnouncer;
    private final Withdrawal withdrawal;
    private final Clock clock = Clock.systemUTC();

    Maintenances(
            NodeRepository repository,
            Revisions revisions,
            Announcements announcements,
            Observations observations,
            LastAnnouncer lastAnnouncer,
            Withdrawal withdrawal) {
        this.repository = repository;
        this.revisions = revisions;
        this.announcements = announcements;
        this.observations = observations;
        this.lastAnnouncer = lastAnnouncer;
        this.withdrawal = withdrawal;
    }

    @Transactional(readOnly = true)
    Maintenance get(String site, String name) {
        Lineage lineage = revisions.of(site);
        Maintenance found = shown(lineage, stored(lineage.id(), name).shown());
        if (found == null) {
            throw none(name);
        }
        return found;
    }

    /// Takes a node out, or changes the reason, as part of an edit.
    ///
    /// @param force whether it may take the last node that announces a VIP
    /// @throws Refusal (409) when it would, and is not forced
    public Written<Maintenance> put(
            Edit edit, String name, Maintenance body, WriteConditions conditions, boolean force) {
        NodeEntity node = stored(edit.siteId(), name);
        Maintenance known = node.maintenance();
        conditions.check("maintenance of node " + name, known == null ? null : known.revision());
        String reason = reason(body);
        if (known != null && reason.equals(known.reason())) {
            return new Written<>(known, Objects.requireNonNull(known.revision()), false);
        }
        if (known == null && !force) {
            lastAnnouncer.refuseToLose(
                    edit, name, announcements.nodes(edit.siteId(), edit.epoch()));
        }
        Instant before = known == null ? null : known.since();
        node.takeOut(
                reason,
                Objects.requireNonNullElse(before, clock.instant().truncatedTo(ChronoUnit.MILLIS)),
                edit.actor(),
                edit.next());
        repository.saveAndFlush(node);
        edit.changed(Kind.NODE, name, node.shown());
        return new Written<>(
                Objects.requireNonNull(node.maintenance()), edit.next(), known == null);
    }

    /// Brings a node back, as part of an edit. Its agent announces again once its kernel holds all
    /// of the state.
    ///
    /// @param force whether it may come back although its tables are not known to agree
    /// @throws Refusal (409) when they differ or nobody knows, and it is not forced
    public void delete(Edit edit, String name, WriteConditions conditions, boolean force) {
        NodeEntity node = stored(edit.siteId(), name);
        Maintenance known = node.maintenance();
        if (known == null) {
            throw none(name);
        }
        conditions.check("maintenance of node " + name, known.revision());
        if (!force) {
            Return.refuseUnlessAgreeing(
                    name, observations.nodes(revisions.of(edit.site())).get(name));
        }
        node.bringBack(edit.next());
        repository.saveAndFlush(node);
        edit.changed(Kind.NODE, name, node.shown());
    }

    /// A node's maintenance with its progress; null when it is in service.
    @Nullable Maintenance shown(Lineage site, Node node) {
        Maintenance maintenance = node.maintenance();
        if (maintenance == null) {
            return null;
        }
        List<Announcing> all = announcements.nodes(site.id(), site.epoch().toString());
        return all.stream()
                .filter(one -> one.node().equals(node.name()))
                .findFirst()
                .map(one -> withdrawal.shown(maintenance, one))
                .orElse(maintenance);
    }

    private static String reason(Maintenance body) {
        Faults faults = new Faults();
        String reason = body.reason() == null ? "" : body.reason().strip();
        faults.unless(
                !reason.isEmpty() && reason.length() <= REASON_LENGTH_MAX,
                "reason",
                reason.isEmpty() ? "nothing" : reason.length() + " characters",
                "why the node is taken out, in 1 to " + REASON_LENGTH_MAX + " characters");
        faults.refuseIfAny();
        return reason;
    }

    private NodeEntity stored(long siteId, String name) {
        return repository
                .findBySiteIdAndName(siteId, name)
                .orElseThrow(() -> Refusal.notFound("node " + name));
    }

    private static Refusal none(String node) {
        return Refusal.notFound("maintenance of node " + node + ": it is in service");
    }
}
