package dev.holdfast.control.web;

import dev.holdfast.control.problem.Fault;
import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;

/// The one table that turns a refusal into `application/problem+json` (RFC 9457).
///
/// Beside the members of the RFC a problem has `field`, `found` and `expected`, and the same of all
/// faults in `errors`.
final class ProblemBody {

    private static final String SECONDS_TO_WAIT = "2";

    private ProblemBody() {}

    static ResponseEntity<ProblemDetail> answer(Refusal refusal) {
        ResponseEntity.BodyBuilder answer =
                ResponseEntity.status(status(refusal.problem()))
                        .contentType(MediaType.APPLICATION_PROBLEM_JSON);
        if (refusal.problem() == Problem.UNAVAILABLE) {
            answer.header(HttpHeaders.RETRY_AFTER, SECONDS_TO_WAIT);
        }
        return answer.body(of(refusal));
    }

    static ResponseEntity<ProblemDetail> answerOurOwnMistake() {
        return ResponseEntity.internalServerError()
                .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                .body(ofOurOwnMistake());
    }

    static ProblemDetail ofOurOwnMistake() {
        return ProblemDetail.forStatusAndDetail(
                HttpStatus.INTERNAL_SERVER_ERROR,
                "this is a mistake of the server's: its log says more");
    }

    static ProblemDetail of(Refusal refusal) {
        Problem problem = refusal.problem();
        ProblemDetail body =
                ProblemDetail.forStatusAndDetail(
                        status(problem), String.valueOf(refusal.getMessage()));
        body.setTitle(problem.title());
        name(body, refusal.faults());
        return body;
    }

    /// A problem of the framework's, in our form.
    static ProblemDetail explained(ProblemDetail body, Fault fault) {
        body.setDetail(fault.toString());
        name(body, List.of(fault));
        return body;
    }

    private static void name(ProblemDetail body, List<Fault> faults) {
        if (!faults.isEmpty()) {
            Fault first = faults.getFirst();
            body.setProperty("field", first.field());
            body.setProperty("found", first.found());
            body.setProperty("expected", first.expected());
            body.setProperty("errors", faults);
        }
    }

    private static HttpStatus status(Problem problem) {
        return switch (problem) {
            case INVALID -> HttpStatus.BAD_REQUEST;
            case TOO_LARGE -> HttpStatus.CONTENT_TOO_LARGE;
            case NOT_FOUND -> HttpStatus.NOT_FOUND;
            case CONFLICT, EXHAUSTED -> HttpStatus.CONFLICT;
            case IMPOSSIBLE -> HttpStatus.UNPROCESSABLE_CONTENT;
            case PRECONDITION_FAILED -> HttpStatus.PRECONDITION_FAILED;
            case UNAUTHENTICATED -> HttpStatus.UNAUTHORIZED;
            case FORBIDDEN -> HttpStatus.FORBIDDEN;
            case UNAVAILABLE -> HttpStatus.SERVICE_UNAVAILABLE;
        };
    }
}
