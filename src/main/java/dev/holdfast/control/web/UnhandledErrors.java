package dev.holdfast.control.web;

import dev.holdfast.control.problem.DatabaseRefusal;
import dev.holdfast.control.problem.Refusal;
import io.swagger.v3.oas.annotations.Hidden;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.webmvc.error.ErrorController;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// What went wrong before a controller was reached, in filters or in the servlet container: the
/// container sends it here.
@RestController
@Hidden
class UnhandledErrors implements ErrorController {

    @RequestMapping("/error")
    ResponseEntity<ProblemDetail> error(HttpServletRequest request) {
        if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof Throwable thrown) {
            for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
                if (cause instanceof Refusal refusal) {
                    return ProblemBody.answer(refusal);
                }
            }
            var refusal = DatabaseRefusal.explain(thrown);
            if (refusal.isPresent()) {
                return ProblemBody.answer(refusal.get());
            }
        }
        Object status = request.getAttribute(RequestDispatcher.ERROR_STATUS_CODE);
        if (status instanceof Integer code && code < 500) {
            ProblemDetail body = ProblemDetail.forStatus(HttpStatusCode.valueOf(code));
            Object said = request.getAttribute(RequestDispatcher.ERROR_MESSAGE);
            body.setDetail(said instanceof String text && !text.isBlank() ? text : body.getTitle());
            return ResponseEntity.status(code)
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(body);
        }
        return ProblemBody.answerOurOwnMistake();
    }
}
