package dev.holdfast.control.drain;

import dev.holdfast.control.access.AgentRole;
import dev.holdfast.control.observed.ReportListener;
import dev.holdfast.wire.Report;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Keeps how many connections each load balancer has to backends that drain.
///
/// Only what was counted once the load balancer kept new ones away: an earlier zero proves nothing.
@Component
class DrainCounts implements ReportListener {

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final DrainReview review;

    DrainCounts(JdbcClient jdbc, JsonMapper json, DrainReview review) {
        this.jdbc = jdbc;
        this.json = json;
        this.review = review;
    }

    private record Open(long backend, String service, String host) {}

    private record Count(long backend, long connections) {}

    @Override
    public void heard(String site, AgentRole role, String name, Report report) {
        Long counted =
                report.countedRevision() == null ? report.revision() : report.countedRevision();
        if (role != AgentRole.NODE || counted == null || report.counters() == null) {
            return;
        }
        List<Open> open = open(site, report.epoch(), counted);
        if (!open.isEmpty()) {
            keep(name, open.stream().map(one -> count(one, report.counters())).toList());
            review.run();
        }
    }

    private List<Open> open(String site, @Nullable String epoch, long counted) {
        return jdbc.sql(
                        """
                        select d.backend_id, s.name as service, h.name as host
                        from drain d
                        join lineage l on l.id = d.site_id
                        join backend b on b.id = d.backend_id
                        join service s on s.id = b.service_id
                        join host h on h.id = b.host_id
                        where l.site = :site and d.drained_at is null and d.revision <= :counted
                            and l.epoch::text = coalesce(:epoch, l.epoch::text)
                        """)
                .param("site", site)
                .param("counted", counted)
                .param("epoch", epoch)
                .query((row, _) ->
                        new Open(
                                row.getLong("backend_id"),
                                Objects.requireNonNull(row.getString("service")),
                                Objects.requireNonNull(row.getString("host"))))
                .list();
    }

    private static Count count(Open one, List<Report.Counters> counters) {
        return new Count(
                one.backend(),
                counters.stream()
                        .filter(counted ->
                                counted.host().equals(one.host())
                                        && counted.service().equals(one.service()))
                        .mapToLong(Report.Counters::connections)
                        .sum());
    }

    private void keep(String node, List<Count> counts) {
        jdbc.sql(
                        """
                        insert into drain_count (backend_id, node_id, connections)
                        select d.backend_id, n.id, c.connections
                        from jsonb_to_recordset(:counts::jsonb)
                            as c(backend bigint, connections bigint)
                        join drain d on d.backend_id = c.backend
                        join node n on n.site_id = d.site_id and n.name = :node
                        order by d.backend_id
                        on conflict (backend_id, node_id)
                            do update set connections = excluded.connections
                        """)
                .param("counts", json.writeValueAsString(counts))
                .param("node", node)
                .update();
    }
}
