package dev.holdfast.story;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/// The control plane as `./run` starts it, in a process of its own.
///
/// @param dataDirectory its `HOLDFAST_DATA_DIR`
record DemoServer(URI url, Path dataDirectory) {

    static DemoServer start() throws IOException, InterruptedException {
        String port = Objects.requireNonNullElse(System.getenv("SERVER_PORT"), "8080");
        String data = Objects.requireNonNullElse(System.getenv("HOLDFAST_DATA_DIR"), "data");
        File log = new File("target/lab/control-plane.log");
        Files.createDirectories(Path.of("target/lab"));
        String java =
                Path.of(String.valueOf(System.getProperty("java.home")), "bin", "java").toString();
        Process process =
                new ProcessBuilder(
                                java,
                                "@deploy/control/jvm.options",
                                "-jar",
                                "target/holdfast-control.jar")
                        .redirectErrorStream(true)
                        .redirectOutput(log)
                        .start();
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroy));
        DemoServer server = new DemoServer(URI.create("http://127.0.0.1:" + port), Path.of(data));
        while (!server.isReady()) {
            if (!process.isAlive()) {
                throw new IOException("the control plane did not start: see " + log);
            }
            Thread.sleep(500);
        }
        return server;
    }

    /// The admin token, from the environment or from its file.
    String token() throws IOException {
        String given = System.getenv("HOLDFAST_ADMIN_TOKEN");
        return given == null ? Files.readString(tokenFile()).trim() : given;
    }

    /// How a person's shell gets the token.
    String tokenForPeople() {
        return System.getenv("HOLDFAST_ADMIN_TOKEN") == null
                ? "$(cat " + tokenFile() + ")"
                : "$HOLDFAST_ADMIN_TOKEN";
    }

    private Path tokenFile() {
        return dataDirectory.resolve("admin-token");
    }

    private boolean isReady() throws InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI health = url.resolve("/actuator/health/readiness");
            return client.send(HttpRequest.newBuilder(health).build(), BodyHandlers.discarding())
                            .statusCode()
                    == 200;
        } catch (IOException notYet) {
            return false;
        }
    }
}
