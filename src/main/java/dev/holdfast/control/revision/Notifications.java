package dev.holdfast.control.revision;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Objects;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;
import org.springframework.stereotype.Component;

/// Hears the bells of other replicas, on a connection of its own that it makes again when it
/// breaks.
///
/// What rang while it was deaf is made up for by ringing for every site after each connect.
@Component
class Notifications implements SmartLifecycle {

    private static final Logger LOG = LoggerFactory.getLogger(Notifications.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /// How long a silent connection is trusted before it is asked whether it still lives.
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private final ApplicationEventPublisher events;
    private final JdbcConnectionDetails details;
    private volatile @Nullable Thread thread;
    private volatile @Nullable Connection connection;

    Notifications(ApplicationEventPublisher events, JdbcConnectionDetails details) {
        this.events = events;
        this.details = details;
    }

    @Override
    public void start() {
        // The thread looks whether it is to run: it must not do so before it is known here.
        Thread made = Thread.ofVirtual().name("notifications").unstarted(this::run);
        thread = made;
        made.start();
    }

    private void run() {
        Duration pause = FIRST_PAUSE;
        while (isRunning()) {
            try (Connection made = connect()) {
                connection = made;
                pause = FIRST_PAUSE;
                listen(made);
            } catch (SQLException e) {
                if (isRunning()) {
                    LOG.warn("not hearing other replicas; connecting again in {}", pause, e);
                    pause = sleepAbout(pause);
                }
            }
        }
    }

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", String.valueOf(details.getUsername()));
        properties.setProperty("password", String.valueOf(details.getPassword()));
        properties.setProperty("ApplicationName", "holdfast notifications");
        properties.setProperty("connectTimeout", "5");
        properties.setProperty("tcpKeepAlive", "true");
        return DriverManager.getConnection(details.getJdbcUrl(), properties);
    }

    private void listen(Connection made) throws SQLException {
        try (Statement statement = made.createStatement()) {
            statement.execute("listen " + Bell.SITES);
            statement.execute("listen " + Bell.TOKENS);
            events.publishEvent(new TokensChanged());
            try (ResultSet sites = statement.executeQuery("select site from lineage")) {
                while (sites.next()) {
                    events.publishEvent(new Rang(Objects.requireNonNull(sites.getString(1))));
                }
            }
        }
        PGConnection ear = made.unwrap(PGConnection.class);
        while (isRunning()) {
            PGNotification[] heard = ear.getNotifications((int) SILENCE.toMillis());
            if (heard == null || heard.length == 0) {
                if (!made.isValid((int) SILENCE.toSeconds())) {
                    throw new SQLException("the connection is gone");
                }
                continue;
            }
            for (PGNotification notification : heard) {
                events.publishEvent(
                        notification.getName().equals(Bell.TOKENS)
                                ? new TokensChanged()
                                : new Rang(notification.getParameter()));
            }
        }
    }

    private static Duration sleepAbout(Duration pause) {
        try {
            long millis = pause.toMillis();
            Thread.sleep(millis / 2 + ThreadLocalRandom.current().nextLong(millis));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Duration longer = pause.multipliedBy(2);
        return longer.compareTo(LONGEST_PAUSE) < 0 ? longer : LONGEST_PAUSE;
    }

    @Override
    public void stop() {
        thread = null;
        Connection open = connection;
        if (open != null) {
            try {
                open.abort(Runnable::run);
            } catch (SQLException e) {
                LOG.debug("the connection was gone already", e);
            }
        }
    }

    @Override
    public boolean isRunning() {
        return thread != null;
    }
}
