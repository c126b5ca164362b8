package dev.holdfast.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.RealPostgres;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/// PostgreSQL crashing again and again: a server process is killed, so that all of them end, and
/// the database recovers from its log.
final class Crashes implements AutoCloseable {

    private static final String CONNECTION_LOST = "08006";
    private static final Duration PAUSE = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final RealPostgres postgres;
    private final Thread thread;
    private final AtomicInteger count = new AtomicInteger();
    private volatile boolean ended;

    private Crashes(RealPostgres postgres) {
        this.postgres = postgres;
        thread = Thread.ofVirtual().start(this::crashAgainAndAgain);
    }

    static Crashes ofPostgres() {
        return new Crashes(RealPostgres.ofThisRun());
    }

    /// Waits until it has crashed this often.
    void awaitAtLeast(int crashes) {
        Instant end = Instant.now().plus(PATIENCE);
        while (count.get() < crashes) {
            assertThat(Instant.now())
                    .as("%d crashes of PostgreSQL (expected: %d)", count.get(), crashes)
                    .isBefore(end);
            Fleet.pause();
        }
    }

    private void crashAgainAndAgain() {
        while (!ended) {
            crash();
            try {
                Thread.sleep(PAUSE);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void crash() {
        try (Connection connection =
                        DriverManager.getConnection(
                                postgres.url(), postgres.user(), postgres.password());
                Statement statement = connection.createStatement()) {
            // The shell's parent is the process that serves this connection.
            statement.execute("copy (select 1) to program 'kill -9 $PPID'");
            throw new IllegalStateException("PostgreSQL goes on (expected: a crash)");
        } catch (SQLException crashedOrStillRecovering) {
            if (CONNECTION_LOST.equals(crashedOrStillRecovering.getSQLState())) {
                count.incrementAndGet();
            }
        }
    }

    /// From now on it stays up.
    @Override
    public void close() {
        ended = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
