package dev.holdfast.control.changeover;

import dev.holdfast.control.revision.Edit;
import dev.holdfast.wire.Encapsulation;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// What machines take and send according to their last reports and to the history: an edit under
/// way was told to nobody yet.
@Component
class Readiness {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Readiness(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /// A host that packets may be sent to.
    ///
    /// @param agent whether one reports from there
    /// @param applied the revision it reports of the site's present epoch; 0 when there is none
    /// @param failing whether it says that it could not open a listener, or load what that needs
    record Host(String name, boolean agent, long applied, boolean failing) {

        /// Whether it takes what it was told to at a revision. Of a host without an agent nobody
        /// knows but the person who prepared it.
        boolean takes(long since) {
            return !agent || (applied >= since && !failing);
        }
    }

    /// Those with a backend that is not disabled, in the order of their names.
    List<Host> hosts(Edit edit) {
        return jdbc.sql(
                        """
                        select h.name, t.name is not null and r.heard_at is not null as agent,
                               case when r.epoch is null or r.epoch = :epoch
                                   then r.applied_revision end as applied,
                               exists (
                                   select from jsonb_array_elements(r.failures) f
                                   where f ->> 'resource' similar to '(listener|module) %') as failing
                        from host h
                            left join agent_token t
                                on t.site_id = h.site_id and t.role = 'HOST' and t.name = h.name
                            left join report r on r.host_id = h.id
                        where h.site_id = :site and exists (
                            select from backend b
                            where b.host_id = h.id and b.admin_state <> 'DISABLED')
                        order by h.name
                        """)
                .param("site", edit.siteId())
                .param("epoch", edit.epoch())
                .query((row, _) ->
                        new Host(
                                Objects.requireNonNull(row.getString("name")),
                                row.getBoolean("agent"),
                                row.getLong("applied"),
                                row.getBoolean("failing")))
                .list();
    }

    /// The revision since which hosts are told to take an encapsulation, as the site's own or
    /// beside it; empty when they are not.
    OptionalLong acceptedSince(Edit edit, Encapsulation one) {
        Long since =
                jdbc.sql(
                                """
                                with settings as (
                                    select revision,
                                        coalesce(document -> 'encapsulation' @> :one::jsonb, false)
                                        or coalesce(document -> 'accepts'
                                            @> jsonb_build_array(:one::jsonb), false) as accepted
                                    from change
                                    where site_id = :site and kind = 'SITE' and revision <= :current
                                )
                                select coalesce(min(revision), 0) as since
                                from settings
                                where accepted and revision > coalesce(
                                    (select max(revision) from settings where not accepted), 0)
                                """)
                        .param("site", edit.siteId())
                        .param("current", edit.current())
                        .param("one", json.writeValueAsString(one))
                        .query(Long.class)
                        .single();
        return since == 0 ? OptionalLong.empty() : OptionalLong.of(since);
    }

    /// Load balancers that may send an encapsulation: it was the site's at the revision they
    /// report, or they report that some service could not be changed, or a revision of another
    /// epoch.
    List<String> sending(Edit edit, Encapsulation one) {
        return jdbc.sql(
                        """
                        select n.name
                        from node n join report r on r.node_id = n.id
                        where n.site_id = :site and r.applied_revision is not null and (
                            (r.epoch is not null and r.epoch <> :epoch)
                            or exists (
                                select from jsonb_array_elements(r.failures) f
                                where f ->> 'resource' like 'service %')
                            or (select c.document -> 'encapsulation' @> :one::jsonb
                                from change c
                                where c.site_id = n.site_id and c.kind = 'SITE'
                                    and c.revision <= least(r.applied_revision, :current)
                                order by c.revision desc limit 1))
                        order by n.name
                        """)
                .param("site", edit.siteId())
                .param("epoch", edit.epoch())
                .param("current", edit.current())
                .param("one", json.writeValueAsString(one))
                .query((row, _) -> Objects.requireNonNull(row.getString("name")))
                .list();
    }
}
