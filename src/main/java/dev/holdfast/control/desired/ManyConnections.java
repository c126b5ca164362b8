package dev.holdfast.control.desired;

import java.time.Duration;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.stereotype.Component;

/// Sets the server up for thousands of agents that connect at once and then wait.
@Component
class ManyConnections implements WebServerFactoryCustomizer<JettyServletWebServerFactory> {

    /// With the default backlog a thousand agents that connect together wait for seconds. The
    /// kernel cuts this to `net.core.somaxconn`, which is 4096 too.
    private static final int ACCEPT_QUEUE = 4096;

    /// A parked poll is silent for as long as it may wait.
    private static final Duration IDLE_LIMIT = Duration.ofSeconds(Question.WAIT_SECONDS_MAX + 15L);

    @Override
    public void customize(JettyServletWebServerFactory factory) {
        factory.addServerCustomizers(server -> {
            for (Connector connector : server.getConnectors()) {
                if (connector instanceof ServerConnector socket) {
                    socket.setAcceptQueueSize(ACCEPT_QUEUE);
                    socket.setIdleTimeout(IDLE_LIMIT.toMillis());
                    forgetHeaders(socket);
                }
            }
        });
    }

    /// Jetty keeps the header fields of each connection in a trie of 96 KB, which is worth it for
    /// browsers, and is a hundred times an agent's request.
    private static void forgetHeaders(ServerConnector socket) {
        for (ConnectionFactory factory : socket.getConnectionFactories()) {
            if (factory instanceof HttpConfiguration.ConnectionFactory http) {
                http.getHttpConfiguration().setHeaderCacheSize(0);
            }
        }
    }
}
