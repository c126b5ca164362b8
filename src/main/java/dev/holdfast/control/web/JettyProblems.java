package dev.holdfast.control.web;

import dev.holdfast.control.problem.Fault;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.ProblemDetail;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/// What Jetty itself refuses before any of our code sees it, such as an ambiguous path or a header
/// that is too large: the same form as every other problem.
@Component
class JettyProblems implements WebServerFactoryCustomizer<JettyServletWebServerFactory> {

    private final JsonMapper json;

    JettyProblems(JsonMapper json) {
        this.json = json;
    }

    @Override
    public void customize(JettyServletWebServerFactory factory) {
        factory.addServerCustomizers(server -> server.setErrorHandler(new AsProblem(json)));
    }

    private static final class AsProblem extends ErrorHandler {

        private final JsonMapper json;

        AsProblem(JsonMapper json) {
            this.json = json;
        }

        @Override
        public boolean errorPageForMethod(String method) {
            return true;
        }

        @Override
        protected void generateResponse(
                Request request,
                Response response,
                int code,
                @Nullable String message,
                @Nullable Throwable cause,
                Callback callback)
                throws IOException {
            ProblemDetail body = ProblemDetail.forStatus(HttpStatusCode.valueOf(code));
            String found = message == null ? String.valueOf(body.getTitle()) : message;
            ProblemBody.explained(body, new Fault("request", found, "HTTP/1.1 and a plain path"));
            response.getHeaders()
                    .put(HttpHeader.CONTENT_TYPE, MediaType.APPLICATION_PROBLEM_JSON_VALUE);
            response.write(true, ByteBuffer.wrap(json.writeValueAsBytes(body)), callback);
        }
    }
}
