package dev.holdfast.control.driver;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Map;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.env.MapPropertySource;

/// Points a context at a PostgreSQL, by default the test run's, with an admin token and a data
/// directory of its own.
class OnRealPostgres implements ApplicationContextInitializer<ConfigurableApplicationContext> {

    private final RealPostgres postgres;

    /// For Spring.
    OnRealPostgres() {
        this(RealPostgres.ofThisRun());
    }

    OnRealPostgres(RealPostgres postgres) {
        this.postgres = postgres;
    }

    @Override
    public void initialize(ConfigurableApplicationContext context) {
        Map<String, Object> properties =
                Map.of(
                        "spring.datasource.url", postgres.url(),
                        "spring.datasource.username", postgres.user(),
                        "spring.datasource.password", postgres.password(),
                        "holdfast.admin-token", "token-of-the-admin-in-tests",
                        "holdfast.data-dir", temporaryDirectory());
        context.getEnvironment()
                .getPropertySources()
                .addFirst(new MapPropertySource("test run", properties));
    }

    private static String temporaryDirectory() {
        try {
            return Files.createTempDirectory("holdfast-it").toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
