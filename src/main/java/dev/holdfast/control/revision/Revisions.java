package dev.holdfast.control.revision;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import jakarta.persistence.EntityManager;
import jakarta.persistence.FlushModeType;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.stereotype.Service;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/// The one door through which a site changes (COMMIT-ORDER, ACKNOWLEDGED-IS-DURABLE).
///
/// A sequence would hand out numbers that become visible in another order than they were given; a
/// row lock, held from the first read of a write to its commit, cannot.
@Service
public class Revisions {

    private final Lineages lineages;
    private final Log log;
    private final Bell bell;
    private final EntityManager entities;
    private final TransactionTemplate transaction;
    private final ObjectProvider<Gate> gates;
    private final ObjectProvider<Witness> witnesses;

    Revisions(
            Lineages lineages,
            Log log,
            Bell bell,
            EntityManager entities,
            TransactionTemplate transaction,
            ObjectProvider<Gate> gates,
            ObjectProvider<Witness> witnesses) {
        this.lineages = lineages;
        this.log = log;
        this.bell = bell;
        this.entities = entities;
        this.transaction = transaction;
        this.gates = gates; // looked up when needed: they stand above this
        this.witnesses = witnesses;
    }

    /// The counter of a site as last committed.
    ///
    /// @throws Refusal (404) when there is no such site
    public Lineage of(String site) {
        return lineages.findBySite(site).orElseThrow(() -> Refusal.notFound("site " + site));
    }

    /// Runs one change of a site: all of it or nothing, and one revision, or none when it changed
    /// nothing.
    ///
    /// @throws Refusal (404) when there is no such site, or whatever `work` refuses
    public <T> T advance(String site, WriteConditions conditions, Function<Edit, T> work) {
        return inTransaction(_ -> run(locked(site), conditions, work));
    }

    /// As [#advance], for work that takes something away.
    ///
    /// @return the revision that made
    public long remove(String site, WriteConditions conditions, Consumer<Edit> work) {
        return advance(
                site,
                conditions,
                edit -> {
                    work.accept(edit);
                    return edit.next();
                });
    }

    /// As [#advance], for what the control plane does of itself and nobody asked for.
    ///
    /// @param who as the history names it, such as `health`
    public void advanceItself(String who, String site, Consumer<Edit> work) {
        Actor.itself(
                who,
                () ->
                        advance(
                                site,
                                WriteConditions.NONE,
                                edit -> {
                                    work.accept(edit);
                                    return edit;
                                }));
    }

    /// As [#advance], but a site that does not exist begins, with an epoch of its own.
    public <T> T advanceOrBegin(String site, WriteConditions conditions, Function<Edit, T> work) {
        try {
            return inTransaction(_ -> {
                Optional<Lineage> known = lineages.lock(site);
                Lineage lineage =
                        known.isPresent() ? known.get() : lineages.saveAndFlush(new Lineage(site));
                return run(new Edit(lineage), conditions, work);
            });
        } catch (DataIntegrityViolationException lostTheRace) {
            return advance(site, conditions, work);
        }
    }

    /// Ends a site: its history goes with it, and one made later under the name has a new epoch.
    ///
    /// @param check refuses, when it must, under the site's lock
    /// @return the revision that the end would have had
    public long end(String site, Consumer<Edit> check) {
        return inTransaction(_ -> {
            Lineage lineage =
                    lineages.lock(site).orElseThrow(() -> Refusal.notFound("site " + site));
            Edit edit = new Edit(lineage);
            check.accept(edit);
            edit.removed(Kind.SITE, site);
            log.write(edit, false);
            witnesses.forEach(witness -> witness.saw(edit, WriteConditions.NONE));
            lineages.delete(lineage); // and what was just written
            bell.ringAfterCommit(site);
            return edit.next();
        });
    }

    /// Begins a new epoch of a site whose database was found to be older than it had been: an old
    /// backup in its place. Agents then learn that what they have is not in it.
    ///
    /// @param epoch in which `revision` was seen; nothing happens when it is over
    /// @param revision that was seen, and is still to come according to the database
    public void renew(String site, UUID epoch, long revision) {
        transaction.executeWithoutResult(_ ->
                lineages.lock(site)
                        .filter(now -> now.epoch().equals(epoch))
                        .filter(now -> now.revision() < revision)
                        .ifPresent(now -> {
                            now.beginEpoch();
                            bell.ringAfterCommit(site);
                        }));
    }

    /// Runs one change of a site, looks at what it would lead to, and undoes all of it.
    ///
    /// The look is under the site's lock: nobody else's change comes in between.
    ///
    /// @param look sees the database as the change would leave it
    /// @throws Refusal (404) when there is no such site, or whatever `work` refuses
    public <T> T rehearse(String site, Consumer<Edit> work, Function<Edit, T> look) {
        return inTransaction(status -> {
            status.setRollbackOnly();
            Edit edit = locked(site);
            work.accept(edit);
            entities.flush();
            // What the database would say only at the commit that never comes.
            entities.createNativeQuery("set constraints all immediate").executeUpdate();
            log.write(edit, false);
            return look.apply(edit);
        });
    }

    /// To be called between the changes of a set: writes what was changed, and forgets it. Else
    /// each change would go through all that those before it have touched.
    public void settle() {
        entities.flush();
        entities.clear();
    }

    private Edit locked(String site) {
        return lineages.lock(site)
                .map(Edit::new)
                .orElseThrow(() -> Refusal.notFound("site " + site));
    }

    private <T> T run(Edit edit, WriteConditions conditions, Function<Edit, T> work) {
        T result = work.apply(edit);
        // A node that refuses a revision can be told afterwards that it was meant.
        boolean revision = !edit.changes().isEmpty() || conditions.meant();
        if (revision) {
            entities.flush(); // the database's own objections, before the number is given
            log.write(edit, conditions.meant() || edit.isMeant());
            gates.forEach(gate -> gate.check(edit, conditions));
            bell.ringAfterCommit(edit.site());
        }
        witnesses.forEach(witness -> witness.saw(edit, conditions));
        if (revision) {
            lineages.save(edit.commit());
        }
        return result;
    }

    private <T> T inTransaction(Function<TransactionStatus, T> work) {
        T result =
                transaction.execute(status -> {
                    // Features flush what they write, since half of them read by plain SQL. Else
                    // each
                    // look-up of a large change set would go through all that the set has touched.
                    entities.setFlushMode(FlushModeType.COMMIT);
                    return work.apply(status);
                });
        if (result == null) {
            throw new Refusal(Problem.UNAVAILABLE, "transaction", "no result", "one");
        }
        return result;
    }
}
