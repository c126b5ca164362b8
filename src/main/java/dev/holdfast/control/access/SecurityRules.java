package dev.holdfast.control.access;

import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.http.SessionCreationPolicy;
import org.springframework.security.web.SecurityFilterChain;

/// Which path is open to whom.
@Configuration(proxyBeanMethods = false)
class SecurityRules {

    /// For bearer tokens. A chain for people with a session comes before it, for its own paths.
    @Bean
    @Order
    SecurityFilterChain forBearers(HttpSecurity http, Bearers bearers, ProblemAtTheDoor door) {
        return http.authorizeHttpRequests(paths ->
                        paths
                                // Each was let in when it first came.
                                .dispatcherTypeMatchers(DispatcherType.ASYNC, DispatcherType.ERROR)
                                .permitAll()
                                .requestMatchers(
                                        "/actuator/health/**",
                                        "/actuator/prometheus",
                                        "/v3/api-docs/**",
                                        "/v3/api-docs.yaml",
                                        "/swagger-ui.html",
                                        "/swagger-ui/**")
                                .permitAll()
                                .requestMatchers("/agent/v1/sites/**")
                                .access(new AgentPaths())
                                .anyRequest()
                                .hasAuthority(Bearers.ADMIN))
                .oauth2ResourceServer(server ->
                        server.opaqueToken(token -> token.introspector(bearers))
                                .authenticationEntryPoint(door)
                                .accessDeniedHandler(door))
                .exceptionHandling(refusals ->
                        refusals.authenticationEntryPoint(door).accessDeniedHandler(door))
                .sessionManagement(
                        session -> session.sessionCreationPolicy(SessionCreationPolicy.STATELESS))
                // A bearer token is never sent by a browser of its own accord.
                .csrf(AbstractHttpConfigurer::disable)
                .requestCache(AbstractHttpConfigurer::disable)
                .logout(AbstractHttpConfigurer::disable)
                .build();
    }
}
