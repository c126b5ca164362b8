package dev.holdfast.control.desired;

import org.springframework.http.ResponseEntity;
import org.springframework.web.context.request.async.DeferredResult;

/// One agent's open question. While it waits it holds no thread, transaction or connection.
///
/// @param answer takes the first answer and ignores all others
record Waiter(
        Receiver receiver,
        String site,
        String name,
        Question question,
        DeferredResult<ResponseEntity<byte[]>> answer) {}
