package dev.holdfast.control.audit;

import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/// Where a write comes from.
///
/// @param address of the client, or `control plane` for what that does by itself
record Origin(String address, String method, String path, @Nullable String query) {

    private static final Origin OURSELVES = new Origin("control plane", "-", "-", null);

    static Origin of(HttpServletRequest request) {
        return new Origin(
                request.getRemoteAddr(),
                request.getMethod(),
                Text.readable(request.getRequestURI()),
                request.getQueryString() == null ? null : Text.readable(request.getQueryString()));
    }

    /// Of what this thread is about.
    static Origin present() {
        return RequestContextHolder.getRequestAttributes()
                        instanceof ServletRequestAttributes attributes
                ? of(attributes.getRequest())
                : OURSELVES;
    }
}
