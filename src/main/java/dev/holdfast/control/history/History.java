package dev.holdfast.control.history;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Lineage;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.wire.Items;
import dev.holdfast.wire.ResourceAt;
import dev.holdfast.wire.ResourceChange;
import dev.holdfast.wire.Revision;
import dev.holdfast.wire.RevisionDiff;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Answers for any revision that is kept.
@Service
public class History {

    private static final int SUMMARY_LENGTH_MAX = 200;

    private final Revisions revisions;
    private final JdbcClient jdbc;
    private final FieldDiff fields;

    History(Revisions revisions, JdbcClient jdbc, FieldDiff fields) {
        this.revisions = revisions;
        this.jdbc = jdbc;
        this.fields = fields;
    }

    /// Newest first.
    ///
    /// @param before only revisions below this one
    @Transactional(readOnly = true)
    public Items<Revision> list(String site, long before, int limit) {
        List<Revision> found =
                jdbc.sql(
                                """
                                select number, at, actor, meant, %s as summary from revision r
                                where site_id = :site and number < :before
                                order by number desc limit :limit
                                """
                                        .formatted(summary()))
                        .param("site", revisions.of(site).id())
                        .param("before", before)
                        .param("limit", limit + 1)
                        .query((row, _) -> revision(row, null, null))
                        .list();
        boolean more = found.size() > limit;
        List<Revision> page = more ? found.subList(0, limit) : found;
        return new Items<>(page, more ? Long.toString(page.getLast().revision()) : null);
    }

    /// One revision whole.
    ///
    /// @throws Refusal (404) when there is no such revision
    @Transactional(readOnly = true)
    public Revision get(String site, long number) {
        Lineage lineage = existing(site, number);
        List<ResourceChange> changes = changes(lineage, number - 1, number);
        List<ResourceAt> resources = resources(lineage, number);
        return jdbc.sql(
                        """
                        select number, at, actor, meant, %s as summary from revision r
                        where site_id = :site and number = :number
                        """
                                .formatted(summary()))
                .param("site", lineage.id())
                .param("number", number)
                .query((row, _) -> revision(row, changes, resources))
                .single();
    }

    /// What differs between two revisions, in either direction; 0 is the site before it began.
    @Transactional(readOnly = true)
    public RevisionDiff diff(String site, long from, long to) {
        Lineage lineage = existing(site, Math.max(from, 1));
        existing(site, to);
        List<ResourceChange> changes = changes(lineage, from, to);
        List<String> text =
                changes.stream().flatMap(change -> fields.lines(change).stream()).toList();
        return new RevisionDiff(from, to, changes, text);
    }

    private Lineage existing(String site, long number) {
        Lineage lineage = revisions.of(site);
        if (number < 1 || number > lineage.revision()) {
            throw new Refusal(
                    Problem.NOT_FOUND,
                    "revision",
                    Long.toString(number),
                    "1 to " + lineage.revision() + ", the newest of site " + site);
        }
        return lineage;
    }

    private List<ResourceAt> resources(Lineage lineage, long number) {
        return jdbc.sql(
                        """
                        select kind, name, document from (
                            select distinct on (kind, name) kind, name, document from change
                            where site_id = :site and revision <= :number
                            order by kind, name, revision desc) latest
                        where document is not null order by kind, name
                        """)
                .param("site", lineage.id())
                .param("number", number)
                .query((row, _) ->
                        new ResourceAt(text(row, "kind"), text(row, "name"), text(row, "document")))
                .list();
    }

    private List<ResourceChange> changes(Lineage lineage, long from, long to) {
        return jdbc.sql(
                        """
                        select kind, name, before, after from (
                            select kind, name,
                                (select document from change b where b.site_id = k.site_id
                                    and b.kind = k.kind and b.name = k.name and b.revision <= :from
                                    order by revision desc limit 1) as before,
                                (select document from change a where a.site_id = k.site_id
                                    and a.kind = k.kind and a.name = k.name and a.revision <= :to
                                    order by revision desc limit 1) as after
                            from (select distinct site_id, kind, name from change
                                where site_id = :site and revision > least(:from, :to)
                                and revision <= greatest(:from, :to)) k) both_ends
                        where before is distinct from after order by kind, name
                        """)
                .param("site", lineage.id())
                .param("from", from)
                .param("to", to)
                .query((row, _) ->
                        new ResourceChange(
                                text(row, "kind"),
                                text(row, "name"),
                                row.getString("before"),
                                row.getString("after")))
                .list();
    }

    /// SQL for a few words on what the revision `r` did.
    private static String summary() {
        return """
        coalesce((select string_agg(lower(kind) || ' ' || name ||
                case when document is null then ' removed' else ' set' end,
                ', ' order by kind, name)
         from change c where c.site_id = r.site_id and c.revision = r.number),
            'nothing changed; a large loss is meant')
        """;
    }

    private static Revision revision(
            ResultSet row,
            @Nullable List<ResourceChange> changes,
            @Nullable List<ResourceAt> resources)
            throws SQLException {
        String summary = text(row, "summary");
        return new Revision(
                row.getLong("number"),
                Objects.requireNonNull(row.getTimestamp("at")).toInstant(),
                text(row, "actor"),
                row.getBoolean("meant"),
                summary.length() <= SUMMARY_LENGTH_MAX
                        ? summary
                        : summary.substring(0, SUMMARY_LENGTH_MAX - 1) + "…",
                changes,
                resources);
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }
}
