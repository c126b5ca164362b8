package dev.holdfast.control.migration;

import dev.holdfast.wire.MigrationSchedule;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/// Keeps schedules.
@Component
class Timetables {

    /// A service whose schedule runs.
    record Running(String site, String service) {}

    private static final TypeReference<List<Timetable.Step>> STEPS = new TypeReference<>() {};

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Timetables(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Optional<Timetable> find(long serviceId) {
        return jdbc.sql("select * from migration_schedule where service_id = ?")
                .param(serviceId)
                .query((row, _) -> timetable(row))
                .optional();
    }

    /// To be called under the site's lock.
    void keep(long siteId, long serviceId, Timetable timetable) {
        jdbc.sql(
                        """
                        insert into migration_schedule
                            (service_id, site_id, steps, state, at_percent, since, why)
                        values (:service, :site, :steps::jsonb, :state, :at, :since, :why)
                        on conflict (service_id) do update set
                            steps = excluded.steps, state = excluded.state,
                            at_percent = excluded.at_percent, since = excluded.since,
                            why = excluded.why
                        """)
                .param("service", serviceId)
                .param("site", siteId)
                .param("steps", json.writeValueAsString(timetable.steps()))
                .param("state", timetable.state().name())
                .param("at", timetable.at())
                .param("since", Timestamp.from(timetable.since()))
                .param("why", timetable.why())
                .update();
    }

    /// @return whether there was one
    boolean remove(long serviceId) {
        return jdbc.sql("delete from migration_schedule where service_id = ?")
                        .param(serviceId)
                        .update()
                > 0;
    }

    List<Running> running() {
        return jdbc.sql(
                        """
                        select l.site, s.name from migration_schedule m
                        join service s on s.id = m.service_id
                        join lineage l on l.id = m.site_id
                        where m.state = 'RUNNING' order by m.service_id
                        """)
                .query((row, _) ->
                        new Running(
                                Objects.requireNonNull(row.getString("site")),
                                Objects.requireNonNull(row.getString("name"))))
                .list();
    }

    private Timetable timetable(ResultSet row) throws SQLException {
        return new Timetable(
                json.readValue(Objects.requireNonNull(row.getString("steps")), STEPS),
                MigrationSchedule.State.valueOf(Objects.requireNonNull(row.getString("state"))),
                MigrationRules.shortest(Objects.requireNonNull(row.getBigDecimal("at_percent"))),
                Objects.requireNonNull(row.getTimestamp("since")).toInstant(),
                row.getString("why"));
    }
}
