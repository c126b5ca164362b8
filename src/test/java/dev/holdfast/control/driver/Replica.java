package dev.holdfast.control.driver;

import dev.holdfast.control.ControlApplication;
import java.net.URI;
import java.util.Objects;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/// A control plane of a test's own: one more on the run's database, or one on another.
public record Replica(ConfigurableApplicationContext context, Api api) implements AutoCloseable {

    public static Replica on(RealPostgres postgres) {
        ConfigurableApplicationContext context =
                new SpringApplicationBuilder(ControlApplication.class)
                        .initializers(new OnRealPostgres(postgres))
                        .run("--server.port=0");
        String port = context.getEnvironment().getProperty("local.server.port");
        String token = context.getEnvironment().getProperty("holdfast.admin-token");
        URI server = URI.create("http://127.0.0.1:" + Objects.requireNonNull(port));
        return new Replica(context, new Api(server, token));
    }

    @Override
    public void close() {
        context.close();
    }
}
