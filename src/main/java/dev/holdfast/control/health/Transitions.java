package dev.holdfast.control.health;

import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.service.Backends;
import dev.holdfast.control.web.Page;
import dev.holdfast.wire.BackendHealth;
import dev.holdfast.wire.HealthTransition;
import dev.holdfast.wire.Items;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/// Keeps every change of a verdict for 30 days.
@Component
class Transitions {

    private final JdbcClient jdbc;
    private final Backends backends;

    Transitions(JdbcClient jdbc, Backends backends) {
        this.jdbc = jdbc;
        this.backends = backends;
    }

    private record Kept(long id, HealthTransition shown) {}

    void keep(long backend, BackendHealth health, Instant at) {
        jdbc.sql(
                        """
                        with old as (
                            delete from health_transition
                            where backend_id = :backend and at < now() - interval '30 days')
                        insert into health_transition (backend_id, at, health, why)
                        values (:backend, :at, :health, :why)
                        """)
                .param("backend", backend)
                .param("at", Timestamp.from(at))
                .param("health", health.state().name())
                .param("why", health.why())
                .update();
    }

    /// Newest first.
    ///
    /// @param before only those with a smaller id
    /// @throws Refusal (404) when there is no such backend
    @Transactional(readOnly = true)
    Items<HealthTransition> list(String site, String service, String host, long before, int limit) {
        backends.get(site, service, host);
        List<Kept> found =
                jdbc.sql(
                                """
                                select t.id, t.at, t.health, t.why
                                from health_transition t
                                join backend b on b.id = t.backend_id
                                join lineage l on l.id = b.site_id
                                join service s on s.id = b.service_id
                                join host h on h.id = b.host_id
                                where l.site = :site and s.name = :service and h.name = :host
                                    and t.id < :before
                                order by t.id desc limit :limit
                                """)
                        .param("site", site)
                        .param("service", service)
                        .param("host", host)
                        .param("before", before)
                        .param("limit", limit + 1)
                        .query((row, _) ->
                                new Kept(
                                        row.getLong("id"),
                                        new HealthTransition(
                                                Objects.requireNonNull(row.getTimestamp("at"))
                                                        .toInstant(),
                                                BackendHealth.State.valueOf(
                                                        Objects.requireNonNull(
                                                                row.getString("health"))),
                                                Objects.requireNonNull(row.getString("why")))))
                        .list();
        return new Page("", limit).cut(found, one -> Long.toString(one.id()), Kept::shown);
    }
}
