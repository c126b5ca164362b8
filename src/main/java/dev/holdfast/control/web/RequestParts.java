package dev.holdfast.control.web;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.WriteConditions;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/// Reads [WriteConditions] and [Page] out of headers and parameters, for any controller method that
/// asks for them.
class RequestParts implements HandlerMethodArgumentResolver {

    private static final Pattern ETAG = Pattern.compile("(?:W/)?\"(0|[1-9][0-9]{0,17})\"");
    private static final int LIMIT_DEFAULT = 100;
    private static final int LIMIT_MAX = 1000;
    private static final int REASON_LENGTH_MAX = 200;

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        Class<?> type = parameter.getParameterType();
        return type == WriteConditions.class || type == Page.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest request,
            @Nullable WebDataBinderFactory binders) {
        return parameter.getParameterType() == Page.class ? page(request) : conditions(request);
    }

    private static WriteConditions conditions(NativeWebRequest request) {
        String match = request.getHeader("If-Match");
        String noneMatch = request.getHeader("If-None-Match");
        if (noneMatch != null && !noneMatch.trim().equals("*")) {
            throw invalid("If-None-Match", noneMatch, "* (on a write)");
        }
        boolean any = match != null && match.trim().equals("*");
        Long revision = match == null || any ? null : revision(match.trim());
        return new WriteConditions(
                revision, any, noneMatch != null, meant(request), override(request));
    }

    private static Long revision(String match) {
        if (!ETAG.matcher(match).matches()) {
            throw invalid("If-Match", match, "one revision in quotes, such as \"42\", or *");
        }
        return Long.valueOf(match.substring(match.indexOf('"') + 1, match.length() - 1));
    }

    private static boolean meant(NativeWebRequest request) {
        String meant = request.getParameter("meant");
        if (meant == null || meant.equals("false")) {
            return false;
        }
        if (!meant.equals("true")) {
            throw invalid("meant", meant, "true or false");
        }
        return true;
    }

    private static @Nullable String override(NativeWebRequest request) {
        String reason = request.getParameter("override");
        if (reason != null && (reason.isBlank() || reason.length() > REASON_LENGTH_MAX)) {
            throw invalid(
                    "override",
                    reason.isBlank() ? "nothing" : reason.length() + " characters",
                    "why the limit does not hold, in 1 to " + REASON_LENGTH_MAX + " characters");
        }
        return reason == null ? null : reason.strip();
    }

    private static Page page(NativeWebRequest request) {
        String after = Objects.requireNonNullElse(request.getParameter("after"), "");
        if (!after.isEmpty()) {
            after = new Name(after).text();
        }
        String limit = request.getParameter("limit");
        if (limit == null) {
            return new Page(after, LIMIT_DEFAULT);
        }
        if (!limit.matches("[1-9][0-9]{0,3}") || Integer.parseInt(limit) > LIMIT_MAX) {
            throw invalid("limit", limit, "a whole number from 1 to " + LIMIT_MAX);
        }
        return new Page(after, Integer.parseInt(limit));
    }

    private static Refusal invalid(String field, String found, String expected) {
        return new Refusal(Problem.INVALID, field, found, expected);
    }
}
