package dev.holdfast.control.access;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.web.Problems;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.oauth2.server.resource.web.BearerTokenAuthenticationEntryPoint;
import org.springframework.security.oauth2.server.resource.web.access.BearerTokenAccessDeniedHandler;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.security.web.firewall.RequestRejectedHandler;
import org.springframework.stereotype.Component;

/// Tells those who are turned away, in the form of every other problem.
@Component
class ProblemAtTheDoor
        implements AuthenticationEntryPoint, AccessDeniedHandler, RequestRejectedHandler {

    private final AuthenticationEntryPoint challenge;
    private final AccessDeniedHandler denial = new BearerTokenAccessDeniedHandler();
    private final Problems problems;

    ProblemAtTheDoor(Problems problems) {
        this.problems = problems;
        BearerTokenAuthenticationEntryPoint bearer = new BearerTokenAuthenticationEntryPoint();
        bearer.setRealmName("holdfast");
        this.challenge = bearer;
    }

    /// 401.
    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException, jakarta.servlet.ServletException {
        challenge.commence(request, response, e); // for its WWW-Authenticate
        String found =
                request.getHeader("Authorization") == null ? "nothing" : "a token nobody has";
        problems.write(
                response,
                new Refusal(
                        Problem.UNAUTHENTICATED,
                        "Authorization",
                        found,
                        "Bearer and the admin's token, or an agent's own"));
    }

    /// 403.
    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException, jakarta.servlet.ServletException {
        Principal somebody = request.getUserPrincipal();
        if (somebody != null) {
            request.setAttribute(Problems.WHO, somebody.getName());
        }
        denial.handle(request, response, e); // for its WWW-Authenticate
        problems.write(
                response,
                new Refusal(
                        Problem.FORBIDDEN,
                        "Authorization",
                        "a token that does not open this",
                        "the admin's token, or on /agent/v1 the token of this very node or host"));
    }

    /// 400: a path that could be read in two ways.
    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, RequestRejectedException e)
            throws IOException {
        problems.write(
                response,
                new Refusal(
                        Problem.INVALID,
                        "path",
                        request.getRequestURI(),
                        "names of a-z, 0-9 and - between single slashes"));
    }
}
