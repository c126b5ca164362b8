package dev.holdfast.control.audit;

import dev.holdfast.control.web.Problems;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.filter.OncePerRequestFilter;

/// Writes down each write that was refused, after it was answered. Stands before all other filters,
/// since those refuse too.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class Refusals extends OncePerRequestFilter {

    private static final Logger LOG = LoggerFactory.getLogger(Refusals.class);
    private static final Set<String> READS = Set.of("GET", "HEAD", "OPTIONS", "TRACE");
    private static final int UNAUTHENTICATED = 401;

    private final Book book;
    private final Strangers strangers = new Strangers();

    Refusals(Book book) {
        this.book = book;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        String path = request.getRequestURI();
        return READS.contains(request.getMethod())
                || !(path.startsWith("/api/") || path.startsWith("/console/"))
                || path.endsWith("/plan");
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(request, response);
        int status = response.getStatus();
        if (status < 400 || (status == UNAUTHENTICATED && !strangers.mayBeNoted())) {
            return;
        }
        try {
            book.refused(
                    Objects.toString(request.getAttribute(Problems.WHO), "nobody"),
                    Origin.of(request),
                    status,
                    Objects.toString(request.getAttribute(Problems.WHY), "status " + status));
        } catch (DataAccessException | TransactionException e) {
            LOG.warn("a refused write could not be written down", e);
        }
    }
}
