package dev.holdfast.control.access;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// Tells the person who started the server where to go, and where the key is.
@Component
class Greeting {

    private static final Logger LOG = LoggerFactory.getLogger(Greeting.class);

    private final AdminToken token;
    private final Environment environment;

    Greeting(AdminToken token, Environment environment) {
        this.token = token;
        this.environment = environment;
    }

    @EventListener(ApplicationReadyEvent.class)
    void greet() {
        String server =
                "http://"
                        + environment.getProperty("server.address", "127.0.0.1")
                        + ":"
                        + environment.getProperty("local.server.port", "8080");
        LOG.info("API          {}/api/v1", server);
        LOG.info("Swagger UI   {}/swagger-ui.html", server);
        LOG.info("admin token  {}", token.whereabouts());
    }
}
