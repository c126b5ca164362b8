package dev.holdfast.control.rollback;

import dev.holdfast.control.change.ChangeSets;
import dev.holdfast.control.history.History;
import dev.holdfast.control.plan.Plans;
import dev.holdfast.control.problem.Fault;
import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Kind;
import dev.holdfast.control.revision.Lineage;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.wire.Change;
import dev.holdfast.wire.ChangeSet;
import dev.holdfast.wire.ResourceChange;
import dev.holdfast.wire.Rollback;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import tools.jackson.databind.json.JsonMapper;

/// Makes a new revision with the content of an old one, or says why that cannot be.
@Service
public class Rollbacks {

    private static final Pattern INDEX = Pattern.compile("changes\\[(\\d{1,6})].*");

    private final History history;
    private final ChangeSets sets;
    private final Plans plans;
    private final Revisions revisions;
    private final Content content;
    private final JdbcClient jdbc;
    private final JsonMapper json;

    Rollbacks(
            History history,
            ChangeSets sets,
            Plans plans,
            Revisions revisions,
            Content content,
            JdbcClient jdbc,
            JsonMapper json) {
        this.history = history;
        this.sets = sets;
        this.plans = plans;
        this.revisions = revisions;
        this.content = content;
        this.jdbc = jdbc;
        this.json = json;
    }

    /// @param to whose content the site is to have
    /// @throws Refusal (404) when there was no such revision, (409) when the world has changed in a
    ///   way that it cannot be put back
    public Rollback roll(String site, long to, WriteConditions conditions) {
        return firstThatWorks(way ->
                revisions.advance(
                        site,
                        conditions,
                        edit -> {
                            conditions.check("site " + site, edit.current());
                            return roll(edit, to, way);
                        }));
    }

    private Rollback roll(Edit edit, long to, WayBack way) {
        List<Change> changes = changes(edit.site(), edit.siteId(), edit.current(), to, way);
        if (!changes.isEmpty()) {
            explained(to, changes, () -> sets.carryOut(edit, new ChangeSet(changes)));
        }
        return new Rollback(
                edit.site(), to, edit.result(), edit.result() != edit.current(), changes, null);
    }

    /// What [#roll] would do; stores nothing.
    public Rollback plan(String site, long to, WriteConditions conditions) {
        Lineage now = revisions.of(site);
        conditions.check("site " + site, now.revision());
        WriteConditions still =
                new WriteConditions(
                        now.revision(), false, false, conditions.meant(), conditions.override());
        return firstThatWorks(way -> {
            List<Change> changes = changes(site, now.id(), now.revision(), to, way);
            if (changes.isEmpty()) {
                return new Rollback(site, to, now.revision(), false, changes, null);
            }
            return explained(
                    to,
                    changes,
                    () ->
                            new Rollback(
                                    site,
                                    to,
                                    now.revision(),
                                    false,
                                    changes,
                                    plans.plan(site, new ChangeSet(changes), still)));
        });
    }

    private List<Change> changes(String site, long siteId, long from, long to, WayBack way) {
        List<ResourceChange> differences =
                history.diff(site, from, to).changes().stream().filter(content::differs).toList();
        refuseOtherMachines(siteId, to, differences);
        return way.changes(differences, json);
    }

    /// A machine that was removed since and made again under its name is another machine.
    private void refuseOtherMachines(long siteId, long to, List<ResourceChange> differences) {
        for (ResourceChange one : differences) {
            boolean isMachine =
                    one.kind().equals(Kind.NODE.name()) || one.kind().equals(Kind.HOST.name());
            if (!isMachine || one.before() == null || one.after() == null) {
                continue;
            }
            List<Long> removed =
                    jdbc.sql(
                                    """
                                    select revision from change
                                    where site_id = :site and kind = :kind and name = :name
                                        and revision > :to and document is null
                                    order by revision limit 1
                                    """)
                            .param("site", siteId)
                            .param("kind", one.kind())
                            .param("name", one.name())
                            .param("to", to)
                            .query((row, _) -> row.getLong("revision"))
                            .list();
            if (!removed.isEmpty()) {
                String what = Kind.valueOf(one.kind()).word() + " " + one.name();
                throw impossible(
                        to,
                        what,
                        "it was removed at revision %d, and the name was given to another machine since"
                                .formatted(removed.getFirst()));
            }
        }
    }

    private static <T> T firstThatWorks(Function<WayBack, T> attempt) {
        Refusal first = null;
        for (WayBack way : WayBack.values()) {
            try {
                return attempt.apply(way);
            } catch (Refusal refusal) {
                if (refusal.problem() != Problem.CONFLICT) {
                    throw refusal;
                }
                first = first == null ? refusal : first;
            }
        }
        throw first == null ? new IllegalStateException("no way was tried") : first;
    }

    private interface Work<T> {
        T run();
    }

    /// The refusal of one change, as the reason why the whole cannot be.
    private static <T> T explained(long to, List<Change> changes, Work<T> work) {
        try {
            return work.run();
        } catch (Refusal refusal) {
            Fault fault = refusal.faults().isEmpty() ? null : refusal.faults().getFirst();
            String path = fault == null ? null : path(changes, fault.field());
            if (fault == null || path == null) {
                throw refusal;
            }
            throw impossible(to, path, fault.found());
        }
    }

    private static @Nullable String path(List<Change> changes, String field) {
        Matcher index = INDEX.matcher(field);
        return index.matches()
                ? changes.get(Integer.parseInt(String.valueOf(index.group(1)))).path()
                : null;
    }

    private static Refusal impossible(long to, String what, String why) {
        return new Refusal(
                Problem.CONFLICT, what, why, "what can be put back as at revision " + to);
    }
}
