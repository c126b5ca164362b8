package dev.holdfast.control.access;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.oauth2.core.OAuth2AuthenticatedPrincipal;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/// Opens to an agent the paths of its own node or host, and no others. The admin may look, but not
/// report in an agent's name.
class AgentPaths implements AuthorizationManager<RequestAuthorizationContext> {

    @Override
    public AuthorizationDecision authorize(
            Supplier<? extends @Nullable Authentication> who, RequestAuthorizationContext context) {
        return new AuthorizationDecision(
                switch (who.get()) {
                    case Authentication someone
                            when someone.getPrincipal()
                                    instanceof OAuth2AuthenticatedPrincipal principal ->
                            isOpen(principal, context);
                    case null, default -> false;
                });
    }

    private static boolean isOpen(
            OAuth2AuthenticatedPrincipal principal, RequestAuthorizationContext context) {
        if (principal.getAttribute("agent") instanceof Agent agent) {
            return context.getRequest().getRequestURI().startsWith(agent.path());
        }
        return context.getRequest().getMethod().equals("GET");
    }
}
