package dev.holdfast.control.driver;

import java.net.URI;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Lazy;

@TestConfiguration(proxyBeanMethods = false)
class ApiOfTheServer {

    /// Lazy: the port is known only when the server has started.
    @Bean
    @Lazy
    Api api(
            @Value("${local.server.port}") int port,
            @Value("${holdfast.admin-token}") String adminToken) {
        return new Api(URI.create("http://127.0.0.1:" + port), adminToken);
    }
}
