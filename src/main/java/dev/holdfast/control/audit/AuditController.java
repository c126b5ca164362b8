package dev.holdfast.control.audit;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.web.Page;
import dev.holdfast.wire.AuditEntry;
import dev.holdfast.wire.AuditEntry.Outcome;
import dev.holdfast.wire.Items;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

@RestController
@RequestMapping("/api/v1/audit")
class AuditController {

    private static final int ENTRIES_AT_ONCE = 1000;

    private final Audit audit;
    private final JsonMapper json;

    AuditController(Audit audit, JsonMapper json) {
        this.audit = audit;
        this.json = json;
    }

    /// One page as JSON, or all that match as NDJSON: an entry a line.
    @GetMapping(produces = {MediaType.APPLICATION_JSON_VALUE, MediaType.APPLICATION_NDJSON_VALUE})
    @Nullable ResponseEntity<Items<AuditEntry>> list(
            @RequestParam(required = false) @Nullable String who,
            @RequestParam(required = false) @Nullable String path,
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(required = false) @Nullable String until,
            @RequestParam(required = false) @Nullable Outcome outcome,
            Page page,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        Audit.Filter filter =
                new Audit.Filter(
                        text("who", who),
                        text("path", path),
                        instant("since", since),
                        instant("until", until),
                        outcome);
        long before = page.after().isEmpty() ? Long.MAX_VALUE : id(page.after());
        if (!wantsLines(request)) {
            return ResponseEntity.ok()
                    .contentType(MediaType.APPLICATION_JSON)
                    .body(audit.list(filter, before, page.limit()));
        }
        response.setContentType(MediaType.APPLICATION_NDJSON_VALUE);
        write(filter, before, response.getOutputStream());
        return null; // it is answered
    }

    /// No transaction lives as long as the reader takes.
    private void write(Audit.Filter filter, long before, ServletOutputStream out)
            throws IOException {
        String next = Long.toString(before);
        while (next != null) {
            Items<AuditEntry> entries = audit.list(filter, Long.parseLong(next), ENTRIES_AT_ONCE);
            for (AuditEntry entry : entries.items()) {
                out.write(json.writeValueAsBytes(entry));
                out.write('\n');
            }
            next = entries.next();
        }
    }

    private static boolean wantsLines(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains(MediaType.APPLICATION_NDJSON_VALUE);
    }

    private static @Nullable String text(String field, @Nullable String value) {
        if (value != null && value.indexOf('\0') >= 0) {
            throw new Refusal(Problem.INVALID, field, value, "text");
        }
        return value;
    }

    private static @Nullable Instant instant(String field, @Nullable String text) {
        try {
            return text == null ? null : Instant.parse(text);
        } catch (DateTimeParseException e) {
            throw new Refusal(
                    Problem.INVALID, field, text, "a moment such as 2026-01-31T14:02:00Z");
        }
    }

    private static long id(String after) {
        if (!after.matches("[0-9]{1,18}")) {
            throw new Refusal(Problem.INVALID, "after", after, "the next of the page before");
        }
        return Long.parseLong(after);
    }
}
