package dev.holdfast.control.audit;

import dev.holdfast.control.web.Page;
import dev.holdfast.wire.AuditEntry;
import dev.holdfast.wire.AuditEntry.Outcome;
import dev.holdfast.wire.Items;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Reads the audit.
@Service
public class Audit {

    private final JdbcClient jdbc;

    Audit(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /// What is asked for; null is anything.
    ///
    /// @param path how the path begins
    /// @param since from then on
    /// @param until before then
    public record Filter(
            @Nullable String who,
            @Nullable String path,
            @Nullable Instant since,
            @Nullable Instant until,
            @Nullable Outcome outcome) {}

    /// Newest first.
    ///
    /// @param before only entries with a smaller id
    @Transactional(readOnly = true)
    public Items<AuditEntry> list(Filter filter, long before, int limit) {
        List<AuditEntry> found =
                jdbc.sql(
                                """
                                select * from audit
                                where id < :before
                                    and (:who::text is null or actor = :who)
                                    and (:path::text is null or starts_with(path, :path))
                                    and (:since::timestamptz is null or at >= :since)
                                    and (:until::timestamptz is null or at < :until)
                                    and (:outcome::text is null or outcome = :outcome)
                                order by id desc limit :limit
                                """)
                        .param("before", before)
                        .param("who", filter.who())
                        .param("path", filter.path())
                        .param("since", timestamp(filter.since()))
                        .param("until", timestamp(filter.until()))
                        .param("outcome", filter.outcome() == null ? null : filter.outcome().name())
                        .param("limit", limit + 1)
                        .query((row, _) -> entry(row))
                        .list();
        return new Page("", limit).cut(found, entry -> Long.toString(entry.id()), entry -> entry);
    }

    private static @Nullable Timestamp timestamp(@Nullable Instant at) {
        return at == null ? null : Timestamp.from(at);
    }

    private static AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(
                row.getLong("id"),
                Objects.requireNonNull(row.getTimestamp("at")).toInstant(),
                text(row, "actor"),
                text(row, "origin"),
                text(row, "method"),
                text(row, "path"),
                row.getString("query"),
                Outcome.valueOf(text(row, "outcome")),
                row.getObject("status", Integer.class),
                row.getString("reason"),
                row.getString("override"),
                row.getObject("meant", Boolean.class),
                row.getString("site"),
                row.getObject("revision", Long.class),
                row.getString("changes"));
    }

    private static String text(ResultSet row, String column) throws SQLException {
        return Objects.requireNonNull(row.getString(column), column);
    }
}
