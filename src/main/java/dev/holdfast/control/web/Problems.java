package dev.holdfast.control.web;

import dev.holdfast.control.problem.DatabaseRefusal;
import dev.holdfast.control.problem.Refusal;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// Answers with a problem where no controller was reached.
@Component
public class Problems {

    /// Attribute of a request: the name of who asks, for those who write it down after the answer.
    public static final String WHO = "dev.holdfast.who";

    /// Attribute of a request: why it was refused.
    public static final String WHY = "dev.holdfast.why";

    private final JsonMapper json;

    Problems(JsonMapper json) {
        this.json = json;
    }

    /// What the API would say of a failure: a refusal, a database that does not answer, or a
    /// mistake of our own, of which nothing is told.
    public static ProblemDetail explain(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof Refusal refusal) {
                return ProblemBody.of(refusal);
            }
        }
        Optional<Refusal> refusal = DatabaseRefusal.explain(failure);
        return refusal.isPresent() ? ProblemBody.of(refusal.get()) : ProblemBody.ofOurOwnMistake();
    }

    public void write(HttpServletResponse response, Refusal refusal) throws IOException {
        ProblemDetail body = ProblemBody.of(refusal);
        response.setStatus(body.getStatus());
        response.setContentType(MediaType.APPLICATION_PROBLEM_JSON_VALUE);
        response.getOutputStream().write(json.writeValueAsBytes(body));
    }

    /// The same where not even a servlet was reached.
    public void write(Response response, Callback callback, Refusal refusal) {
        ResponseEntity<ProblemDetail> answer = ProblemBody.answer(refusal);
        response.setStatus(answer.getStatusCode().value());
        answer.getHeaders().forEach((name, values) -> response.getHeaders().put(name, values));
        byte[] body = json.writeValueAsBytes(answer.getBody());
        response.write(true, ByteBuffer.wrap(body), callback);
    }
}
