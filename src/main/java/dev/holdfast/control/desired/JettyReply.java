package dev.holdfast.control.desired;

import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.web.Problems;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/// A reply straight onto the agent's connection.
final class JettyReply implements Reply {

    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Problems problems;
    private final AtomicBoolean answered = new AtomicBoolean();
    private final CompletableFuture<@Nullable Void> over = new CompletableFuture<>();

    JettyReply(Request request, Response response, Callback callback, Problems problems) {
        this.request = request;
        this.response = response;
        this.callback = callback;
        this.problems = problems;
        request.addFailureListener(this::left);
    }

    @Override
    public boolean isOpen() {
        return !answered.get();
    }

    @Override
    public boolean state(byte[] json) {
        return first(() -> {
            String accepted = request.getHeaders().get(HttpHeader.ACCEPT_ENCODING);
            byte[] body = json;
            if (Gzip.pays(json, accepted)) {
                body = Gzip.of(json);
                response.getHeaders().put(HttpHeader.CONTENT_ENCODING, "gzip");
                response.getHeaders().put(HttpHeader.VARY, "Accept-Encoding");
            }
            response.setStatus(HttpStatus.OK_200);
            response.getHeaders().put(HttpHeader.CONTENT_TYPE, "application/json");
            response.getHeaders().put(HttpHeader.CACHE_CONTROL, "no-store");
            response.write(true, ByteBuffer.wrap(body), callback);
        });
    }

    @Override
    public boolean nothingNew() {
        return first(() -> {
            response.setStatus(HttpStatus.NOT_MODIFIED_304);
            response.write(true, null, callback);
        });
    }

    @Override
    public boolean refuse(Refusal why) {
        return first(() -> problems.write(response, callback, why));
    }

    @Override
    public boolean fail(RuntimeException why) {
        return first(() -> Response.writeError(request, response, callback, why));
    }

    @Override
    public void whenOver(Runnable work) {
        var _ = over.thenRun(work);
    }

    private boolean first(Runnable answer) {
        if (!answered.compareAndSet(false, true)) {
            return false;
        }
        over.complete(null); // before the answer: the next question comes on the same connection
        try {
            answer.run();
        } catch (RuntimeException e) {
            callback.failed(e);
        }
        return true;
    }

    private void left(Throwable why) {
        if (answered.compareAndSet(false, true)) {
            over.complete(null);
            callback.failed(why);
        }
    }
}
