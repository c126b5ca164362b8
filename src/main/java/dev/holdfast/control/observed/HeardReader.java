package dev.holdfast.control.observed;

import dev.holdfast.control.access.AgentRole;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.Report;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Reads reports, without their large parts unless those are asked for.
@Component
public class HeardReader {

    /// An agent reports every few seconds whatever happens; one that was silent for so long is
    /// lost.
    public static final Duration LONGEST_SILENCE = Duration.ofSeconds(30);

    private static final TypeReference<List<Failure>> FAILURES = new TypeReference<>() {};
    private static final TypeReference<List<Report.Table>> TABLES = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    HeardReader(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /// Every machine of a site in that role, in the order of their names.
    List<Heard> all(long siteId, AgentRole role) {
        return select(siteId, role, "order by m.name").query((row, _) -> heard(row)).list();
    }

    Optional<Heard> one(long siteId, AgentRole role, String name) {
        return select(siteId, role, "and m.name = :name")
                .param("name", name)
                .query((row, _) -> heard(row))
                .optional();
    }

    /// The tables of some nodes, by name.
    Map<String, Tables> tables(long siteId, Set<String> nodes) {
        Map<String, Tables> byName = new HashMap<>();
        jdbc.sql(
                        """
                        select n.name, coalesce(r.body -> 'tables', '[]') as tables
                        from node n join report r on r.node_id = n.id
                        where n.site_id = :site and n.name in (:nodes)
                        """)
                .param("site", siteId)
                .param("nodes", nodes)
                .query(row -> {
                    List<Report.Table> tables = json.readValue(row.getString("tables"), TABLES);
                    String name = Objects.requireNonNull(row.getString("name"));
                    byName.put(name, Tables.of(tables));
                });
        return byName;
    }

    private JdbcClient.StatementSpec select(long siteId, AgentRole role, String rest) {
        String kind = role.name().toLowerCase(Locale.ROOT);
        return jdbc.sql(
                        """
                        select m.name, r.heard_at, r.epoch, r.applied_revision,
                               r.refused_revision, r.why, r.failures, r.tables_digest,
                               %3$s as announced,
                               coalesce(
                                   r.heard_at < now() - make_interval(secs => :silence), false
                               ) as lost
                        from %1$s m left join report r on r.%1$s_id = m.id
                        where m.site_id = :site %2$s
                        """
                                .formatted(kind, rest, announced(role)))
                .param("site", siteId)
                .param("silence", LONGEST_SILENCE.toSeconds());
    }

    /// How many VIPs: one that two sessions carry is still one.
    private static String announced(AgentRole role) {
        return role == AgentRole.NODE
                ? """
                (select case when r.node_id is not null then count(distinct a ->> 'vip')::int end
                 from jsonb_array_elements(r.announced) a)\
                """
                : "null::int";
    }

    private Heard heard(ResultSet row) throws SQLException {
        Timestamp at = row.getTimestamp("heard_at");
        return new Heard(
                Objects.requireNonNull(row.getString("name")),
                at == null ? null : at.toInstant(),
                row.getBoolean("lost"),
                row.getString("epoch"),
                row.getObject("applied_revision", Long.class),
                row.getObject("refused_revision", Long.class),
                row.getString("why"),
                failures(row.getString("failures")),
                Objects.requireNonNullElse(row.getString("tables_digest"), ""),
                row.getObject("announced", Integer.class));
    }

    private List<Failure> failures(@Nullable String failures) {
        return failures == null ? List.of() : json.readValue(failures, FAILURES);
    }
}
