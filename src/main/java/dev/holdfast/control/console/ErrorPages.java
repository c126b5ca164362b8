package dev.holdfast.control.console;

import dev.holdfast.control.web.Problems;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/// What went wrong, for people: the same words the API has for it, and what to do now.
@ControllerAdvice(basePackageClasses = ErrorPages.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class ErrorPages {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorPages.class);

    @ExceptionHandler
    ModelAndView explain(Exception e, HttpServletRequest request) {
        ProblemDetail problem = problem(e);
        if (problem.getStatus() == 500) {
            LOG.error("{} {} failed", request.getMethod(), request.getRequestURI(), e);
        }
        ModelAndView page = new ModelAndView("console/error");
        page.setStatus(HttpStatusCode.valueOf(problem.getStatus()));
        page.addObject("who", request.getRemoteUser());
        page.addObject("status", problem.getStatus());
        page.addObject("title", title(problem));
        page.addObject("detail", Objects.requireNonNullElse(problem.getDetail(), ""));
        page.addObject("advice", advice(problem.getStatus()));
        return page;
    }

    private static ProblemDetail problem(Exception e) {
        ProblemDetail ours = Problems.explain(e);
        if (ours.getStatus() != 500) {
            return ours;
        }
        return switch (e) {
            case ErrorResponse known -> known.getBody();
            case TypeMismatchException odd ->
                    ProblemDetail.forStatusAndDetail(
                            HttpStatus.BAD_REQUEST, odd.getPropertyName() + ": " + odd.getValue());
            default -> ours;
        };
    }

    private static String title(ProblemDetail problem) {
        return switch (problem.getStatus()) {
            case 403 -> "This form was not accepted";
            case 404 -> "Nothing here";
            case 412 -> "Somebody was faster";
            case 503 -> "The database does not answer";
            default -> Objects.requireNonNullElse(problem.getTitle(), "Error");
        };
    }

    private static String advice(int status) {
        return switch (status) {
            case 403 -> "Nothing was changed. Open the page again and repeat what you meant to do.";
            case 404 -> "It may have been removed, or the address has a typo.";
            case 412 ->
                    "It was changed since you opened the page, so nothing was done. Look again.";
            case 503 ->
                    "Load balancers go on with what they have: traffic does not depend on this page."
                            + " Try again in a moment.";
            case 500 ->
                    "Load balancers go on with what they have. Please tell those who run this server.";
            default -> "Nothing was changed.";
        };
    }
}
