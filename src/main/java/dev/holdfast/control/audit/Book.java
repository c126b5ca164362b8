package dev.holdfast.control.audit;

import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Witness;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.wire.AuditEntry.Outcome;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Writes entries of the audit.
@Component
class Book implements Witness {

    private final JdbcClient jdbc;

    Book(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// In the transaction of the write: neither is there without the other.
    @Override
    public void saw(Edit edit, WriteConditions conditions) {
        Origin origin = Origin.present();
        boolean changed = edit.result() != edit.current();
        jdbc.sql(
                        """
                        insert into audit (actor, origin, method, path, query, outcome, override,
                            meant, site, revision, changes)
                        select :actor, :origin, :method, :path, :query, :outcome, :override, :meant,
                            :name, :revision,
                            (select jsonb_agg(
                                jsonb_strip_nulls(jsonb_build_object(
                                    'kind', c.kind, 'name', c.name,
                                    'before', (select b.document from change b
                                        where b.site_id = c.site_id and b.kind = c.kind
                                            and b.name = c.name and b.revision < c.revision
                                        order by b.revision desc limit 1),
                                    'after', c.document))
                                order by c.kind, c.name)
                             from change c where c.site_id = :site and c.revision = :next)
                        """)
                .param("actor", edit.actor())
                .param("origin", origin.address())
                .param("method", origin.method())
                .param("path", origin.path())
                .param("query", origin.query())
                .param("outcome", (changed ? Outcome.DONE : Outcome.UNCHANGED).name())
                .param("override", conditions.override())
                .param("meant", conditions.meant())
                .param("name", edit.site())
                .param("revision", changed ? edit.next() : null)
                .param("site", edit.siteId())
                .param("next", edit.next())
                .update();
    }

    void refused(String actor, Origin origin, int status, String reason) {
        jdbc.sql(
                        """
                        insert into audit (actor, origin, method, path, query, outcome, status, reason)
                        values (:actor, :origin, :method, :path, :query, 'REFUSED', :status, :reason)
                        """)
                .param("actor", actor)
                .param("origin", origin.address())
                .param("method", origin.method())
                .param("path", origin.path())
                .param("query", origin.query())
                .param("status", status)
                .param("reason", Text.readable(reason))
                .update();
    }
}
