package dev.holdfast.control.console;

import dev.holdfast.control.access.PersonLogin;
import jakarta.servlet.DispatcherType;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.header.writers.ReferrerPolicyHeaderWriter.ReferrerPolicy;
import org.springframework.security.web.savedrequest.HttpSessionRequestCache;
import org.springframework.security.web.savedrequest.RequestCache;

/// Who gets to the pages: a person with a session, begun with the admin's token.
///
/// A browser sends its cookie of its own accord, so every POST needs a CSRF token beside it. The
/// API has a chain of its own and knows no cookie.
@Configuration(proxyBeanMethods = false)
class ConsoleDoor {

    /// Nothing from elsewhere, nothing inline: what was injected would not run either.
    private static final String CONTENT_POLICY =
            "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self';"
                    + " frame-ancestors 'none'";

    @Bean
    @Order(1)
    SecurityFilterChain forPeople(HttpSecurity http, PersonLogin login, TurnedAway turnedAway) {
        return http.securityMatcher("/", "/console", "/console/**", "/assets/**")
                .authenticationProvider(login)
                .authorizeHttpRequests(paths ->
                        paths.dispatcherTypeMatchers(DispatcherType.FORWARD, DispatcherType.ERROR)
                                .permitAll()
                                .requestMatchers("/", "/console/login", "/assets/**")
                                .permitAll()
                                .anyRequest()
                                .hasRole("ADMIN"))
                .requestCache(cache -> cache.requestCache(pagesAskedFor()))
                .formLogin(form ->
                        form.loginPage("/console/login")
                                .passwordParameter("token")
                                .defaultSuccessUrl("/console")
                                .failureUrl("/console/login?refused"))
                .logout(logout ->
                        logout.logoutUrl("/console/logout")
                                .deleteCookies("holdfast")
                                .logoutSuccessUrl("/console/login?out"))
                .exceptionHandling(refusals ->
                        refusals.authenticationEntryPoint(turnedAway)
                                .accessDeniedHandler(turnedAway))
                .headers(headers ->
                        headers.contentSecurityPolicy(csp -> csp.policyDirectives(CONTENT_POLICY))
                                .referrerPolicy(
                                        referrer -> referrer.policy(ReferrerPolicy.SAME_ORIGIN)))
                .build();
    }

    /// Where somebody wanted to go before the login.
    private static RequestCache pagesAskedFor() {
        HttpSessionRequestCache asked = new HttpSessionRequestCache();
        asked.setRequestMatcher(request ->
                request.getMethod().equals("GET") && request.getHeader("HX-Request") == null);
        return asked;
    }
}
