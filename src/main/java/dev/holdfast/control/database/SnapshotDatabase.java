package dev.holdfast.control.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import jakarta.annotation.PreDestroy;
import java.util.Objects;
import java.util.function.Function;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/// A few connections for reading, apart from those of writers: writers that wait for a site's lock
/// hold theirs, and neither the news of the one that has it nor an agent at the door may wait
/// behind them.
@Component
public class SnapshotDatabase {

    private static final int CONNECTIONS = 4;
    private static final int CONNECT_LIMIT_MILLIS = 5000;

    private final HikariDataSource source;
    private final JdbcClient jdbc;
    private final TransactionTemplate snapshot;

    SnapshotDatabase(JdbcConnectionDetails details) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("snapshots");
        config.setJdbcUrl(details.getJdbcUrl());
        config.setUsername(details.getUsername());
        config.setPassword(details.getPassword());
        config.setMaximumPoolSize(CONNECTIONS);
        // Set once for each connection and not for each transaction, which would cost a round trip.
        config.setTransactionIsolation("TRANSACTION_REPEATABLE_READ");
        config.setReadOnly(true);
        config.setConnectionTimeout(CONNECT_LIMIT_MILLIS);
        config.setInitializationFailTimeout(-1); // readiness says it better than a failed start
        source = new HikariDataSource(config);
        jdbc = JdbcClient.create(source);
        snapshot = new TransactionTemplate(new JdbcTransactionManager(source));
    }

    /// Runs queries that all see the same moment.
    public <T> T read(Function<JdbcClient, T> queries) {
        return Objects.requireNonNull(snapshot.execute(_ -> queries.apply(jdbc)));
    }

    @PreDestroy
    void close() {
        source.close();
    }
}
