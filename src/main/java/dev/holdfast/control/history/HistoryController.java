package dev.holdfast.control.history;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.web.Answers;
import dev.holdfast.control.web.Name;
import dev.holdfast.control.web.Page;
import dev.holdfast.wire.Items;
import dev.holdfast.wire.Revision;
import dev.holdfast.wire.RevisionDiff;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sites/{site}/revisions")
class HistoryController {

    private final History history;

    HistoryController(History history) {
        this.history = history;
    }

    @GetMapping
    Items<Revision> list(@PathVariable Name site, Page page) {
        long before = page.after().isEmpty() ? Long.MAX_VALUE : number("after", page.after());
        return history.list(site.text(), before, page.limit());
    }

    @GetMapping("/{revision}")
    ResponseEntity<Revision> get(@PathVariable Name site, @PathVariable String revision) {
        long number = number("revision", revision);
        return Answers.found(history.get(site.text(), number), number);
    }

    /// @param from what to compare with; left out: the revision before
    @GetMapping("/{revision}/diff")
    RevisionDiff diff(
            @PathVariable Name site,
            @PathVariable String revision,
            @RequestParam @Nullable String from) {
        long to = number("revision", revision);
        return history.diff(site.text(), from == null ? to - 1 : number("from", from), to);
    }

    private static long number(String field, String text) {
        if (!text.matches("0|[1-9][0-9]{0,17}")) {
            throw new Refusal(Problem.INVALID, field, text, "a revision number");
        }
        return Long.parseLong(text);
    }
}
