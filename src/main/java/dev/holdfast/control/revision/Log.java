package dev.holdfast.control.revision;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Writes down each revision: who made it, when, and what every changed resource became.
///
/// The log is only ever appended to, so it goes past JPA, in one batch.
@Component
class Log {

    private final JdbcTemplate jdbc;
    private final JsonMapper json;
    private final Clock clock = Clock.systemUTC();

    Log(JdbcTemplate jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    void write(Edit edit, boolean meant) {
        jdbc.update(
                "insert into revision (site_id, number, at, actor, meant) values (?, ?, ?, ?, ?)",
                edit.siteId(),
                edit.next(),
                Timestamp.from(clock.instant()),
                edit.actor(),
                meant);
        List<@Nullable Object[]> rows = new ArrayList<>();
        for (Map.Entry<Edit.Key, Optional<Object>> change : edit.changes().entrySet()) {
            rows.add(
                    new @Nullable Object[] {
                        edit.siteId(),
                        edit.next(),
                        change.getKey().kind().name(),
                        change.getKey().name(),
                        change.getValue().map(json::writeValueAsString).orElse(null)
                    });
        }
        jdbc.batchUpdate(
                """
                insert into change (site_id, revision, kind, name, document)
                values (?, ?, ?, ?, ?::jsonb)
                """,
                rows);
    }
}
