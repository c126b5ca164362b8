package dev.holdfast.control.desired;

import java.sql.SQLException;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Rows of one site that are newer than a revision.
///
/// @param site its id
record Scope(JdbcClient jdbc, long site, long after) {

    @FunctionalInterface
    interface RowReader<T> {
        T read(Row row) throws SQLException;
    }

    /// @param sql with the parameters `:site` and `:after`
    <T> List<T> query(String sql, RowReader<T> reader) {
        return jdbc.sql(sql)
                .param("site", site)
                .param("after", after)
                .query((row, _) -> reader.read(new Row(row)))
                .list();
    }
}
