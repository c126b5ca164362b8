package dev.holdfast.control.access;

import java.util.List;
import java.util.Map;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.oauth2.core.DefaultOAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.oauth2.server.resource.introspection.BadOpaqueTokenException;
import org.springframework.security.oauth2.server.resource.introspection.OpaqueTokenIntrospector;
import org.springframework.stereotype.Component;

/// Says who a bearer token belongs to.
@Component
class Bearers implements OpaqueTokenIntrospector {

    static final String ADMIN = "ROLE_ADMIN";
    static final String AGENT = "ROLE_AGENT";

    private final AdminToken admin;
    private final AgentTokens agents;

    Bearers(AdminToken admin, AgentTokens agents) {
        this.admin = admin;
        this.agents = agents;
    }

    @Override
    public OAuth2AuthenticatedPrincipal introspect(String token) {
        if (admin.is(token)) {
            return principal("admin", Map.of("kind", "admin"), ADMIN);
        }
        Agent agent =
                agents.find(token).orElseThrow(() -> new BadOpaqueTokenException("no such token"));
        return principal(agent.toString(), Map.of("agent", agent), AGENT);
    }

    private static OAuth2AuthenticatedPrincipal principal(
            String name, Map<String, Object> attributes, String authority) {
        return new DefaultOAuth2AuthenticatedPrincipal(
                name, attributes, List.of(new SimpleGrantedAuthority(authority)));
    }
}
