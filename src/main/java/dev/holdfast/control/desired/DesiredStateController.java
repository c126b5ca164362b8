package dev.holdfast.control.desired;

import dev.holdfast.control.web.Name;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;

/// The long poll of the agents: what their machine should be, as soon as that changes.
///
/// An agent's own plain question is answered by [StraightPolls] before it gets here; this is for
/// the admin who looks, and for whatever is to be refused.
@RestController
@RequestMapping("/agent/v1/sites/{site}")
class DesiredStateController {

    private final LongPoll poll;

    DesiredStateController(LongPoll poll) {
        this.poll = poll;
    }

    @GetMapping(path = "/nodes/{node}/desired-state", produces = MediaType.APPLICATION_JSON_VALUE)
    DeferredResult<ResponseEntity<byte[]>> node(
            @PathVariable Name site,
            @PathVariable Name node,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String epoch,
            @RequestParam(required = false) @Nullable String wait) {
        DeferredReply reply = DeferredReply.make();
        poll.node(site.text(), node.text(), Question.parse(after, epoch, wait), reply);
        return reply.result();
    }

    @GetMapping(path = "/hosts/{host}/desired-state", produces = MediaType.APPLICATION_JSON_VALUE)
    DeferredResult<ResponseEntity<byte[]>> host(
            @PathVariable Name site,
            @PathVariable Name host,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(required = false) @Nullable String epoch,
            @RequestParam(required = false) @Nullable String wait) {
        DeferredReply reply = DeferredReply.make();
        poll.host(site.text(), host.text(), Question.parse(after, epoch, wait), reply);
        return reply.result();
    }
}
