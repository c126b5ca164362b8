package dev.holdfast.control.web;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/// Refuses bodies that are larger than any that could be right, whether they say so or not. It
/// comes after the door, so that strangers are turned away before anything of theirs is read.
@Component
@Order(Ordered.LOWEST_PRECEDENCE)
class BodyLimit extends OncePerRequestFilter {

    private static final long MEBIBYTE = 1 << 20;

    /// Resources are small; a report tells of every backend of a site, a change set of many
    /// resources.
    private static final long BYTES_OF_A_RESOURCE = MEBIBYTE;

    private static final long BYTES_OF_A_REPORT_OR_CHANGE_SET = 32 * MEBIBYTE;

    private static final long MOST_BYTES_DROPPED = 64 * MEBIBYTE;

    private final Problems problems;

    BodyLimit(Problems problems) {
        this.problems = problems;
    }

    @Override
    protected void doFilterInternal(
            HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        long limit = limit(request.getRequestURI());
        if (request.getContentLengthLong() > limit) {
            problems.write(response, refusal(limit));
        } else {
            chain.doFilter(new Limited(request, limit), response);
        }
        if (!request.isAsyncStarted()) {
            readTheRest(request);
        }
    }

    /// A server that closes while the client still writes takes its own answer back (TCP reset), so
    /// what was not read is read now, within reason.
    private static void readTheRest(HttpServletRequest request) throws IOException {
        byte[] unread = new byte[8192];
        InputStream body = request.getInputStream();
        for (long read = 0, n = 0; n >= 0 && read < MOST_BYTES_DROPPED; read += n) {
            n = body.read(unread);
        }
    }

    private static long limit(String path) {
        return path.startsWith("/agent/") || path.endsWith("/apply") || path.endsWith("/plan")
                ? BYTES_OF_A_REPORT_OR_CHANGE_SET
                : BYTES_OF_A_RESOURCE;
    }

    private static Refusal refusal(long limit) {
        return new Refusal(
                Problem.TOO_LARGE, "body", "more than that", "at most " + limit + " bytes");
    }

    private static final class Limited extends HttpServletRequestWrapper {

        private final long limit;

        Limited(HttpServletRequest request, long limit) {
            super(request);
            this.limit = limit;
        }

        @Override
        public ServletInputStream getInputStream() throws IOException {
            return new Counted(super.getInputStream(), limit);
        }
    }

    private static final class Counted extends ServletInputStream {

        private final ServletInputStream body;
        private final long limit;
        private long read;

        Counted(ServletInputStream body, long limit) {
            this.body = body;
            this.limit = limit;
        }

        @Override
        public int read() throws IOException {
            int octet = body.read();
            count(octet < 0 ? 0 : 1);
            return octet;
        }

        @Override
        public int read(byte[] into, int from, int length) throws IOException {
            int got = body.read(into, from, length);
            count(Math.max(got, 0));
            return got;
        }

        private void count(int octets) {
            read += octets;
            if (read > limit) {
                throw refusal(limit);
            }
        }

        @Override
        public boolean isFinished() {
            return body.isFinished();
        }

        @Override
        public boolean isReady() {
            return body.isReady();
        }

        @Override
        public void setReadListener(ReadListener listener) {
            body.setReadListener(listener);
        }
    }
}
