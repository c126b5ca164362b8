package dev.holdfast.control.desired;

import dev.holdfast.control.problem.Refusal;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.async.DeferredResult;

/// A reply by way of Spring, with all that its filters, advice and messages do.
record DeferredReply(DeferredResult<ResponseEntity<byte[]>> result) implements Reply {

    /// The question's own end comes earlier; this is for the case that it is not noticed.
    static final long LIMIT_MILLIS = (Question.WAIT_SECONDS_MAX + 15L) * 1000;

    static DeferredReply make() {
        DeferredReply reply = new DeferredReply(new DeferredResult<>(LIMIT_MILLIS));
        reply.result.onTimeout(reply::nothingNew);
        return reply;
    }

    @Override
    public boolean isOpen() {
        return !result.isSetOrExpired();
    }

    @Override
    public boolean state(byte[] json) {
        return result.setResult(
                ResponseEntity.ok().contentType(MediaType.APPLICATION_JSON).body(json));
    }

    @Override
    public boolean nothingNew() {
        return result.setResult(ResponseEntity.status(HttpStatus.NOT_MODIFIED).build());
    }

    @Override
    public boolean refuse(Refusal why) {
        return result.setErrorResult(why);
    }

    @Override
    public boolean fail(RuntimeException why) {
        return result.setErrorResult(why);
    }

    @Override
    public void whenOver(Runnable work) {
        result.onCompletion(work);
    }
}
