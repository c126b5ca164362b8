package dev.holdfast.control.web;

import dev.holdfast.control.problem.Fault;
import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.WebRequest;
import org.springframework.web.servlet.mvc.method.annotation.ResponseEntityExceptionHandler;

/// The one table that turns what went wrong into `application/problem+json` (RFC 9457).
///
/// Beside the members of the RFC a problem has `field`, `found` and `expected`, and `errors` when
/// there is more than one to tell of.
@RestControllerAdvice
class ProblemAdvice extends ResponseEntityExceptionHandler {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemAdvice.class);

    @ExceptionHandler
    ProblemDetail refused(Refusal refusal) {
        return body(refusal);
    }

    /// The database's own word: the constraints that keep two replicas apart.
    @ExceptionHandler
    ProblemDetail contradicted(DataIntegrityViolationException e) {
        LOG.warn("the database refused a write that passed our checks", e);
        String constraint = String.valueOf(e.getMostSpecificCause().getMessage());
        return body(Refusal.conflict("another write got there first: " + constraint));
    }

    @Override
    protected ResponseEntity<Object> handleHttpMessageNotReadable(
            HttpMessageNotReadableException e,
            HttpHeaders headers,
            HttpStatusCode status,
            WebRequest request) {
        Refusal refusal = UnreadableBody.explain(e);
        return ResponseEntity.badRequest().body(body(refusal));
    }

    static ProblemDetail body(Refusal refusal) {
        Problem problem = refusal.problem();
        ProblemDetail body = ProblemDetail.forStatusAndDetail(status(problem), message(refusal));
        body.setTitle(problem.title());
        List<Fault> faults = refusal.faults();
        if (!faults.isEmpty()) {
            Fault first = faults.getFirst();
            body.setProperty("field", first.field());
            body.setProperty("found", first.found());
            body.setProperty("expected", first.expected());
            body.setProperty("errors", faults);
        }
        return body;
    }

    private static String message(Refusal refusal) {
        return refusal.getMessage() == null ? refusal.problem().title() : refusal.getMessage();
    }

    private static HttpStatus status(Problem problem) {
        return switch (problem) {
            case INVALID -> HttpStatus.BAD_REQUEST;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT, EXHAUSTED -> HttpStatus.CONFLICT;
            case PRECONDITION_FAILED -> HttpStatus.PRECONDITION_FAILED;
            case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }
}
