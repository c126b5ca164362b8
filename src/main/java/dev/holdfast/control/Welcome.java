package dev.holdfast.control;

import dev.holdfast.control.database.DataDirectory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/// Tells the person who started the control plane where everything is.
@Component
class Welcome {

    @EventListener
    void ready(ApplicationReadyEvent event) {
        if (!(event.getApplicationContext() instanceof WebServerApplicationContext web)
                || web.getWebServer() == null) {
            return;
        }
        Environment environment = event.getApplicationContext().getEnvironment();
        String host = environment.getProperty("server.address", "127.0.0.1");
        String url = "http://%s:%d".formatted(host, web.getWebServer().getPort());
        String given = environment.getProperty("holdfast.admin-token", "");
        String token =
                given.isEmpty()
                        ? "in " + DataDirectory.of(environment).resolve("admin-token")
                        : "as given in HOLDFAST_ADMIN_TOKEN";
        System.out.printf(
                """

                Holdfast is ready.
                  Console       %s/console
                  API           %s/api/v1
                  Swagger UI    %s/swagger-ui.html
                  admin token   %s

                """,
                url, url, url, token);
    }
}
