package dev.holdfast.control.console;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.stereotype.Component;

/// Sends people without a session to the login, and tells the others why not.
@Component
class TurnedAway implements AuthenticationEntryPoint, AccessDeniedHandler {

    /// Where [ErrorPages] explains a refusal; only forwards arrive there.
    static final String EXPLAINED = "/console/forbidden";

    private static final String LOGIN = "/console/login";
    private static final String SESSION_OVER = LOGIN + "?over";

    /// Nobody is logged in.
    @Override
    public void commence(
            HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        toLogin(request, response);
    }

    /// Somebody is, but the form did not come from a page of this session. When the session is over
    /// the form's token went with it.
    @Override
    public void handle(
            HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException, ServletException {
        Authentication who = SecurityContextHolder.getContext().getAuthentication();
        if (who != null && who.isAuthenticated()) {
            request.getRequestDispatcher(EXPLAINED).forward(request, response);
        } else {
            toLogin(request, response);
        }
    }

    private static void toLogin(HttpServletRequest request, HttpServletResponse response)
            throws IOException {
        String login = hadSession(request) ? SESSION_OVER : LOGIN;
        if (request.getHeader("HX-Request") == null) {
            response.sendRedirect(request.getContextPath() + login);
        } else {
            // htmx would follow a redirect and put the login into the middle of the page.
            response.setHeader("HX-Redirect", request.getContextPath() + login);
            response.setStatus(HttpStatus.UNAUTHORIZED.value());
        }
    }

    private static boolean hadSession(HttpServletRequest request) {
        return request.getRequestedSessionId() != null && !request.isRequestedSessionIdValid();
    }
}
