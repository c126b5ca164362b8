package dev.holdfast.control.database;

import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.event.ApplicationEnvironmentPreparedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.MapPropertySource;

/// Starts a PostgreSQL under the data directory unless `SPRING_DATASOURCE_URL` names one, and stops
/// it after the last connection to it was closed.
///
/// The library is made for tests: it turns fsync off, and a killed JVM leaves the server behind.
/// Both would lose acknowledged writes or the next start, so both are seen to here.
public final class EmbeddedPostgres
        implements ApplicationListener<ApplicationEnvironmentPreparedEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Duration START_LIMIT = Duration.ofSeconds(60);

    private io.zonky.test.db.postgres.embedded.@Nullable EmbeddedPostgres server;
    private @Nullable FileLock lock;

    @Override
    public void onApplicationEvent(ApplicationEnvironmentPreparedEvent event) {
        start(event.getEnvironment());
    }

    private void start(ConfigurableEnvironment environment) {
        if (environment.containsProperty("spring.datasource.url")) {
            return;
        }
        Path directory = DataDirectory.of(environment);
        lock = DataDirectory.take(directory);
        Path cluster = directory.resolve("postgres");
        stopLeftOver(cluster.resolve("postmaster.pid"));
        LOG.info("starting PostgreSQL in {}", cluster);
        try {
            server =
                    io.zonky.test.db.postgres.embedded.EmbeddedPostgres.builder()
                            .setDataDirectory(cluster)
                            .setCleanDataDirectory(false)
                            .setOverrideWorkingDirectory(directory.resolve("binaries").toFile())
                            .setServerConfig("fsync", "on")
                            .setServerConfig("synchronous_commit", "on")
                            .setServerConfig("full_page_writes", "on")
                            .setServerConfig("max_connections", "100")
                            .setPGStartupWait(START_LIMIT)
                            .start();
        } catch (IOException | IllegalStateException e) {
            throw new IllegalStateException(
                    "PostgreSQL did not start in "
                            + cluster
                            + ": "
                            + e.getMessage()
                            + " (expected: an ordinary user; as root, a machine where root can make"
                            + " user namespaces; or SPRING_DATASOURCE_URL)",
                    e);
        }
        // After the context, and with it the last connection, is closed.
        SpringApplication.getShutdownHandlers().add(this::stop);
        String url = server.getJdbcUrl("postgres", "postgres");
        environment
                .getPropertySources()
                .addFirst(
                        new MapPropertySource(
                                "embedded PostgreSQL", Map.of("spring.datasource.url", url)));
    }

    /// A killed JVM leaves its server running; two servers on one cluster would destroy it.
    private static void stopLeftOver(Path pidFile) {
        Optional<ProcessHandle> running = leftOver(pidFile);
        if (running.isEmpty()) {
            return;
        }
        LOG.warn("stopping PostgreSQL {} that an earlier run left behind", running.get().pid());
        running.get().destroy();
        try {
            running.get().onExit().get(20, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.warn("it does not stop by itself: killing it", e);
            running.get().destroyForcibly();
            running.get().onExit().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static Optional<ProcessHandle> leftOver(Path pidFile) {
        try {
            long pid = Long.parseLong(Files.readAllLines(pidFile).getFirst().trim());
            // A number may have been handed out again since: only a postgres is ours to stop.
            return ProcessHandle.of(pid)
                    .filter(p -> p.info().command().orElse("").endsWith("/postgres"));
        } catch (IOException | NumberFormatException | java.util.NoSuchElementException none) {
            return Optional.empty();
        }
    }

    private void stop() {
        try {
            if (server != null) {
                server.close();
            }
            if (lock != null) {
                lock.release();
            }
        } catch (IOException e) {
            LOG.warn("PostgreSQL did not stop cleanly; the next start recovers it", e);
        }
    }
}
