package dev.holdfast.control.drain;

import dev.holdfast.control.observed.Connections;
import dev.holdfast.control.observed.HeardReader;
import dev.holdfast.control.service.BackendSight;
import dev.holdfast.control.service.KnownService;
import dev.holdfast.wire.Backend;
import dev.holdfast.wire.BackendDrain;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Shows how many connections backends have, and how their drains stand.
@Component
class DrainSight implements BackendSight {

    private final JdbcClient jdbc;
    private final Connections connections;

    DrainSight(JdbcClient jdbc, Connections connections) {
        this.jdbc = jdbc;
        this.connections = connections;
    }

    @Override
    public void addTo(KnownService service, Map<Long, Backend> shown) {
        connections
                .of(service.id())
                .ifPresent(byHost ->
                        shown.replaceAll((_, backend) ->
                                backend.withConnections(
                                        byHost.getOrDefault(String.valueOf(backend.host()), 0L))));
        jdbc.sql(
                        "with "
                                + DrainReview.COUNTED
                                + """
                                select d.backend_id, d.since, d.drained_at, d.drained_why,
                                       d.since + make_interval(secs => b.drain_seconds) as deadline,
                                       c.connections, c.waited_for, c.nodes
                                from drain d
                                join backend b on b.id = d.backend_id
                                left join counted c on c.backend_id = d.backend_id
                                where b.service_id = :service
                                """)
                .param("service", service.id())
                .param("silence", HeardReader.LONGEST_SILENCE.toSeconds())
                .query(row -> {
                    BackendDrain drain = drain(row);
                    shown.computeIfPresent(
                            row.getLong("backend_id"), (_, backend) -> backend.withDrain(drain));
                });
    }

    private static BackendDrain drain(ResultSet row) throws SQLException {
        Timestamp drained = row.getTimestamp("drained_at");
        return new BackendDrain(
                Objects.requireNonNull(row.getTimestamp("since")).toInstant(),
                Objects.requireNonNull(row.getTimestamp("deadline")).toInstant(),
                drained == null ? null : drained.toInstant(),
                drained == null
                        ? waits(row)
                        : Objects.requireNonNull(row.getString("drained_why")));
    }

    private static String waits(ResultSet row) throws SQLException {
        String waitedFor = row.getString("waited_for");
        if (waitedFor != null) {
            return "waits until connections are counted by " + waitedFor;
        }
        return row.getString("nodes") == null
                ? "no load balancer is heard from"
                : row.getLong("connections") + " connections left";
    }
}
