package dev.holdfast.control.health;

import dev.holdfast.control.observed.HeardReader;
import dev.holdfast.control.service.Finding;
import dev.holdfast.wire.BackendHealth;
import dev.holdfast.wire.Probers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/// Collects what bears on backends' verdicts, and finds those that are to change.
@Component
class Cases {

    private final JdbcClient jdbc;
    private final Opinions opinions;

    Cases(JdbcClient jdbc, Opinions opinions) {
        this.jdbc = jdbc;
        this.opinions = opinions;
    }

    private record Found(
            long backend,
            String host,
            @Nullable BackendHealth before,
            boolean checked,
            Optional<Case.Statement> said) {}

    /// A verdict that is to change.
    ///
    /// @param transition whether its state changes and not its reason alone
    record Change(Finding finding, boolean transition) {}

    /// Those of these backends of a site whose verdicts are to change.
    List<Change> changes(long siteId, Collection<Long> backends, Instant now) {
        if (backends.isEmpty()) {
            return List.of();
        }
        Map<String, Boolean> nodes = nodes(siteId);
        Map<String, Set<String>> probers = new HashMap<>();
        Map<Long, List<Opinion>> held = opinions.of(backends);
        Map<Long, List<Instant>> falls = falls(backends, now);
        List<Change> changes = new ArrayList<>();
        for (Found found : read(siteId, backends, now)) {
            Set<String> heard =
                    probers.computeIfAbsent(
                            found.host(),
                            host ->
                                    Probers.of(host, nodes.keySet()).stream()
                                            .filter(node -> Boolean.TRUE.equals(nodes.get(node)))
                                            .collect(Collectors.toSet()));
            BackendHealth verdict =
                    new Case(
                                    found.before(),
                                    found.checked(),
                                    found.said(),
                                    Quorum.of(heard, held.getOrDefault(found.backend(), List.of())),
                                    falls.getOrDefault(found.backend(), List.of()))
                            .verdict(now);
            if (!Objects.equals(verdict, found.before())) {
                changes.add(
                        new Change(
                                new Finding(found.backend(), verdict),
                                state(verdict) != state(found.before())));
            }
        }
        return changes;
    }

    private static BackendHealth.@Nullable State state(@Nullable BackendHealth health) {
        return health == null ? null : health.state();
    }

    /// All load balancers of a site, and whether each was heard from of late.
    Map<String, Boolean> nodes(long siteId) {
        Map<String, Boolean> nodes = new HashMap<>();
        jdbc.sql(
                        """
                        select n.name, coalesce(
                            r.heard_at >= now() - make_interval(secs => :silence), false) as heard
                        from node n left join report r on r.node_id = n.id
                        where n.site_id = :site
                        """)
                .param("site", siteId)
                .param("silence", HeardReader.LONGEST_SILENCE.toSeconds())
                .query(row -> {
                    nodes.put(
                            Objects.requireNonNull(row.getString("name")), row.getBoolean("heard"));
                });
        return nodes;
    }

    private Map<Long, List<Instant>> falls(Collection<Long> backends, Instant now) {
        Map<Long, List<Instant>> falls = new HashMap<>();
        jdbc.sql(
                        """
                        select backend_id, at from health_transition
                        where backend_id in (:backends) and health = 'DOWN' and at > :from
                        order by at
                        """)
                .param("backends", backends)
                .param("from", Timestamp.from(now.minus(FlapDamping.WINDOW)))
                .query(row -> {
                    falls.computeIfAbsent(row.getLong("backend_id"), _ -> new ArrayList<>())
                            .add(Objects.requireNonNull(row.getTimestamp("at")).toInstant());
                });
        return falls;
    }

    private List<Found> read(long siteId, Collection<Long> backends, Instant now) {
        return jdbc.sql(
                        """
                        select b.id, h.name as host, b.health, b.health_why, b.health_since,
                               s.health_check is not null as checked,
                               t.up as said_up, t.why as said_why, t.said_by
                        from backend b
                        join host h on h.id = b.host_id
                        join service s on s.id = b.service_id
                        left join health_statement t on t.backend_id = b.id and t.expires_at > :now
                        where b.site_id = :site and b.id in (:backends)
                        order by b.id
                        """)
                .param("site", siteId)
                .param("backends", backends)
                .param("now", Timestamp.from(now))
                .query((row, _) ->
                        new Found(
                                row.getLong("id"),
                                Objects.requireNonNull(row.getString("host")),
                                health(row),
                                row.getBoolean("checked"),
                                said(row)))
                .list();
    }

    private static @Nullable BackendHealth health(ResultSet row) throws SQLException {
        String state = row.getString("health");
        return state == null
                ? null
                : new BackendHealth(
                        BackendHealth.State.valueOf(state),
                        Objects.requireNonNull(row.getString("health_why")),
                        Objects.requireNonNull(row.getTimestamp("health_since")).toInstant());
    }

    private static Optional<Case.Statement> said(ResultSet row) throws SQLException {
        String by = row.getString("said_by");
        return by == null
                ? Optional.empty()
                : Optional.of(
                        new Case.Statement(
                                row.getBoolean("said_up"),
                                Objects.requireNonNull(row.getString("said_why")),
                                by));
    }
}
