package dev.holdfast.control.driver;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.ContainerFetchException;
import org.testcontainers.postgresql.PostgreSQLContainer;

/// The PostgreSQL of this test run: one per JVM.
///
/// The switch is the system property `holdfast.test.postgres`:
///
/// * `auto`, when it is left out: Testcontainers where a Docker engine answers and has, or can get,
///   the image; the embedded one elsewhere,
/// * `docker`: Testcontainers or nothing,
/// * `embedded`: the embedded one.
///
/// @param url of a database with nothing in it but what this run's contexts migrated
public record RealPostgres(String url, String user, String password) {

    private static final Logger LOG = LoggerFactory.getLogger(RealPostgres.class);
    private static final String SWITCH = "holdfast.test.postgres";
    private static final String IMAGE = "postgres:18";

    /// Started on first use; stopped with the JVM.
    public static RealPostgres ofThisRun() {
        return Started.POSTGRES;
    }

    /// Holds the one server: the class is loaded when the first test needs it.
    private static final class Started {
        static final RealPostgres POSTGRES = start();
    }

    private static RealPostgres start() {
        String choice = Objects.requireNonNullElse(System.getProperty(SWITCH), "auto");
        return switch (choice) {
            case "embedded" -> embedded();
            case "docker" -> inDocker();
            case "auto" ->
                    DockerClientFactory.instance().isDockerAvailable() ? either() : embedded();
            default ->
                    throw new IllegalArgumentException(
                            SWITCH + ": " + choice + " (expected: auto, docker or embedded)");
        };
    }

    private static RealPostgres either() {
        try {
            return inDocker();
        } catch (ContainerFetchException noImage) {
            LOG.warn("a Docker engine answers but has no {}: embedded PostgreSQL", IMAGE, noImage);
            return embedded();
        }
    }

    @SuppressWarnings("resource") // lives until the JVM ends: Testcontainers removes it then
    private static RealPostgres inDocker() {
        PostgreSQLContainer server = new PostgreSQLContainer(IMAGE);
        server.start();
        return new RealPostgres(server.getJdbcUrl(), server.getUsername(), server.getPassword());
    }

    @SuppressWarnings("resource") // lives until the JVM ends: the library stops it then
    private static RealPostgres embedded() {
        try {
            EmbeddedPostgres server =
                    EmbeddedPostgres.builder().setServerConfig("max_connections", "300").start();
            return new RealPostgres(
                    server.getJdbcUrl("postgres", "postgres"), "postgres", "postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
