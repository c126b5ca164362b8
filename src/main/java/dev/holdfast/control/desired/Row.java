package dev.holdfast.control.desired;

import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A row of a result, whose columns are null only where `find` says so.
record Row(ResultSet columns) {

    String text(String column) throws SQLException {
        return Objects.requireNonNull(columns.getString(column));
    }

    long number(String column) throws SQLException {
        return columns.getLong(column);
    }

    UUID uuid(String column) throws SQLException {
        return Objects.requireNonNull(columns.getObject(column, UUID.class));
    }

    IpAddress address(String column) throws SQLException {
        return IpAddress.parse(text(column));
    }

    <E extends Enum<E>> E oneOf(Class<E> type, String column) throws SQLException {
        return Enum.valueOf(type, text(column));
    }

    /// A host's: `tunnel4` and `tunnel6`, where it has them.
    List<IpAddress> tunnels() throws SQLException {
        return Stream.of(
                        Optional.ofNullable(findText("tunnel4")),
                        Optional.ofNullable(findText("tunnel6")))
                .flatMap(Optional::stream)
                .map(IpAddress::parse)
                .toList();
    }

    @Nullable String findText(String column) throws SQLException {
        return columns.getString(column);
    }

    @Nullable Integer findInteger(String column) throws SQLException {
        return columns.getObject(column, Integer.class);
    }

    @Nullable List<Prefix> findPrefixes(String column) throws SQLException {
        Array array = columns.getArray(column);
        return array == null
                ? null
                : Arrays.stream((String[]) array.getArray()).map(Prefix::parse).toList();
    }

    List<String> texts(String column) throws SQLException {
        Array array = Objects.requireNonNull(columns.getArray(column));
        return List.of((String[]) array.getArray());
    }

    boolean flag(String column) throws SQLException {
        return columns.getBoolean(column);
    }
}
