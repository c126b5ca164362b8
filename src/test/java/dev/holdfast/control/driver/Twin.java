package dev.holdfast.control.driver;

import static org.awaitility.Awaitility.await;

import dev.holdfast.control.ControlApplication;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// A control plane of a test's own, beside others on the same PostgreSQL.
public record Twin(ConfigurableApplicationContext context, Api api) implements AutoCloseable {

    private static final String TOKEN = "token-of-the-admin-in-tests";

    /// @param settings such as `holdfast.reread-interval=1h`
    public static Twin start(String... settings) {
        RealPostgres postgres = RealPostgres.ofThisRun();
        List<String> ours =
                List.of(
                        "spring.datasource.url=" + postgres.url(),
                        "spring.datasource.username=" + postgres.user(),
                        "spring.datasource.password=" + postgres.password(),
                        "holdfast.admin-token=" + TOKEN,
                        "holdfast.data-dir=" + temporaryDirectory(),
                        "server.port=0");
        ConfigurableApplicationContext context =
                new SpringApplicationBuilder(ControlApplication.class)
                        .run(
                                Stream.concat(ours.stream(), Stream.of(settings))
                                        .map(setting -> "--" + setting)
                                        .toArray(String[]::new));
        String port =
                Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port"));
        Api api = new Api(URI.create("http://127.0.0.1:" + port), TOKEN);
        await().atMost(Duration.ofSeconds(60)) // it reads the sites of all tests before it
                .until(() -> api.get("/actuator/health/readiness").status() == 200);
        return new Twin(context, api);
    }

    private static String temporaryDirectory() {
        try {
            return Files.createTempDirectory("holdfast-it").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }
}
