package dev.holdfast.control.change;

import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.wire.Applied;
import dev.holdfast.wire.ChangeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/// Makes all changes of a set in one revision, or none.
@Service
public class ChangeSets {

    private final ChangeReader reader;
    private final Revisions revisions;
    private final Replays replays;

    ChangeSets(ChangeReader reader, Revisions revisions, Replays replays) {
        this.reader = reader;
        this.revisions = revisions;
        this.replays = replays;
    }

    /// @param conditions `ifMatch` names the site's revision
    /// @param key of the caller's choice: a set that was applied under it is not applied again
    /// @throws Refusal that names the change by its index
    public Applied apply(
            String site, ChangeSet set, WriteConditions conditions, @Nullable IdempotencyKey key) {
        List<PlannedChange> changes = reader.read(set);
        return revisions.advance(
                site,
                conditions,
                edit -> {
                    // Before the conditions: what made its revision finds another one in its place.
                    Optional<Applied> before = replays.find(edit, key, set, conditions);
                    if (before.isPresent()) {
                        return before.get();
                    }
                    conditions.check("site " + site, edit.current());
                    Applied applied = carryOut(edit, changes);
                    replays.keep(edit, key, set, conditions, applied);
                    return applied;
                });
    }

    /// All changes of a set, as part of an edit.
    ///
    /// @throws Refusal that names the change by its index
    public Applied carryOut(Edit edit, ChangeSet set) {
        return carryOut(edit, reader.read(set));
    }

    private Applied carryOut(Edit edit, List<PlannedChange> changes) {
        List<Applied.Done> done = new ArrayList<>(changes.size());
        for (int i = 0; i < changes.size(); i++) {
            PlannedChange change = changes.get(i);
            String here = "changes[" + i + "]";
            try {
                done.add(change.carryOut(edit));
                revisions.settle();
            } catch (Refusal refusal) {
                throw refusal.within(here, here + ".body");
            }
        }
        return new Applied(edit.site(), edit.result(), edit.result() != edit.current(), done);
    }
}
