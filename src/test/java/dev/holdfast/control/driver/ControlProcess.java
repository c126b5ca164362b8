package dev.holdfast.control.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The shipped jar in a process of its own, with the PostgreSQL that comes along.
public final class ControlProcess implements AutoCloseable {

    private static final String TOKEN = "token-of-the-admin-in-tests";
    private static final Duration START_LIMIT = Duration.ofMinutes(4);

    private final Path data;
    private final Path log;
    private final Process process;
    private final Api api;

    private ControlProcess(Path data, Path log, Process process, Api api) {
        this.data = data;
        this.log = log;
        this.process = process;
        this.api = api;
    }

    /// Starts and waits until it is ready.
    ///
    /// @param data kept between runs
    public static ControlProcess start(Path data) {
        try {
            int port = freePort();
            Path log = data.resolveSibling(data.getFileName() + ".log");
            ProcessBuilder java =
                    new ProcessBuilder(
                                    Path.of(
                                                    String.valueOf(System.getProperty("java.home")),
                                                    "bin",
                                                    "java")
                                            .toString(),
                                    "-Xmx512m",
                                    "-XX:TieredStopAtLevel=1", // it lives for seconds
                                    "-XX:+UseSerialGC",
                                    "-jar",
                                    "target/holdfast-control.jar")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
            java.environment().put("HOLDFAST_DATA_DIR", data.toString());
            java.environment().put("HOLDFAST_ADMIN_TOKEN", TOKEN);
            java.environment().put("SERVER_PORT", String.valueOf(port));
            java.environment().remove("SPRING_DATASOURCE_URL");
            Api api = new Api(URI.create("http://127.0.0.1:" + port), TOKEN);
            ControlProcess started = new ControlProcess(data, log, java.start(), api);
            started.awaitReadiness(200);
            return started;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    public Api api() {
        return api;
    }

    /// Waits until `/actuator/health/readiness` answers this status.
    public void awaitReadiness(int status) {
        long end = System.nanoTime() + START_LIMIT.toNanos();
        while (readiness() != status) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IllegalStateException(
                        "readiness is not " + status + "; the log is " + log);
            }
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    private int readiness() {
        try {
            return api.asNobody().get("/actuator/health/readiness").status();
        } catch (UncheckedIOException notYet) {
            return 0;
        }
    }

    /// kill -9 of the Java process. Its PostgreSQL stays behind.
    public void kill() {
        process.destroyForcibly().onExit().join();
    }

    /// kill -9 of its PostgreSQL.
    public void killDatabase() {
        postmaster(data)
                .ifPresent(server -> {
                    server.destroyForcibly();
                    server.onExit().join();
                });
    }

    /// The PostgreSQL that runs in a data directory.
    public static Optional<ProcessHandle> postmaster(Path data) {
        try {
            Path file = data.resolve("postgres/postmaster.pid");
            long pid = Long.parseLong(Files.readAllLines(file).getFirst().trim());
            // The number may belong to another by now.
            return ProcessHandle.of(pid)
                    .filter(it -> it.info().command().orElse("").endsWith("/postgres"));
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    /// Stops it as an operator would.
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
