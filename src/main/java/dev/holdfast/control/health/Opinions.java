package dev.holdfast.control.health;

import dev.holdfast.wire.Report;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// What each load balancer last said of each backend it probes.
@Component
class Opinions {

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Opinions(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /// One that is new, has changed, or is no longer held.
    ///
    /// @param up null: no longer held
    record Change(
            long backend, @Nullable Boolean up, @Nullable String why, @Nullable Timestamp since) {}

    /// How what a load balancer says differs from what it said. Opinions of backends that are not
    /// there, or that nobody asked it to probe, are left out.
    List<Change> changes(long siteId, String node, List<Report.Health> said) {
        return jdbc.sql(
                        """
                        with said as (
                            select distinct on (b.id) b.id, x.up, x.why, x.since
                            from jsonb_to_recordset(:said::jsonb)
                                as x(service text, host text, up boolean, why text,
                                     since timestamptz)
                            join service s on s.site_id = :site and s.name = x.service
                                and s.health_check is not null
                            join host h on h.site_id = :site and h.name = x.host
                            join backend b on b.service_id = s.id and b.host_id = h.id
                        ), held as (
                            select o.backend_id as id, o.up, o.why
                            from health_opinion o join node n on n.id = o.node_id
                            where n.site_id = :site and n.name = :node
                        )
                        select id, said.up, said.why, coalesce(said.since, now()) as since
                        from said full join held using (id)
                        where said.up is distinct from held.up
                            or said.why is distinct from held.why
                        order by id
                        """)
                .param("site", siteId)
                .param("node", node)
                .param("said", json.writeValueAsString(said))
                .query((row, _) ->
                        new Change(
                                row.getLong("id"),
                                row.getObject("up", Boolean.class),
                                row.getString("why"),
                                row.getTimestamp("since")))
                .list();
    }

    void apply(long siteId, String node, List<Change> changes) {
        for (Change change : changes) {
            String sql =
                    change.up() == null
                            ? """
                            delete from health_opinion
                            where backend_id = :backend and node_id =
                                (select id from node where site_id = :site and name = :node)
                            """
                            : """
                            insert into health_opinion (backend_id, node_id, up, why, since)
                            select :backend, id, :up, :why, :since
                            from node where site_id = :site and name = :node
                            on conflict (backend_id, node_id) do update
                            set up = excluded.up, why = excluded.why, since = excluded.since
                            """;
            jdbc.sql(sql)
                    .param("backend", change.backend())
                    .param("site", siteId)
                    .param("node", node)
                    .param("up", change.up())
                    .param("why", change.why())
                    .param("since", change.since())
                    .update();
        }
    }

    /// All that are held of some backends.
    Map<Long, List<Opinion>> of(Collection<Long> backends) {
        Map<Long, List<Opinion>> found = new HashMap<>();
        jdbc.sql(
                        """
                        select o.backend_id, n.name, o.up, o.why, o.since
                        from health_opinion o join node n on n.id = o.node_id
                        where o.backend_id in (:backends) order by n.name
                        """)
                .param("backends", backends)
                .query(row -> {
                    found.computeIfAbsent(row.getLong("backend_id"), _ -> new ArrayList<>())
                            .add(opinion(row));
                });
        return found;
    }

    private static Opinion opinion(ResultSet row) throws SQLException {
        return new Opinion(
                Objects.requireNonNull(row.getString("name")),
                row.getBoolean("up"),
                row.getString("why"),
                Objects.requireNonNull(row.getTimestamp("since")).toInstant());
    }
}
