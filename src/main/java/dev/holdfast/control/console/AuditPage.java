package dev.holdfast.control.console;

import dev.holdfast.control.audit.Audit;
import dev.holdfast.wire.AuditEntry;
import dev.holdfast.wire.AuditEntry.Outcome;
import dev.holdfast.wire.Items;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Who wrote what, and what was refused.
@Controller
class AuditPage {

    private static final int ENTRIES_ON_A_PAGE = 50;

    private final Audit audit;

    AuditPage(Audit audit) {
        this.audit = audit;
    }

    /// @param before only older entries; left out: from the newest on
    @GetMapping("/console/audit")
    String list(
            @RequestParam(required = false) @Nullable String by,
            @RequestParam(required = false) @Nullable String path,
            @RequestParam(required = false) @Nullable Outcome outcome,
            @RequestParam(required = false) @Nullable Long before,
            Model model) {
        Items<AuditEntry> found =
                audit.list(
                        new Audit.Filter(given(by), given(path), null, null, outcome),
                        before == null ? Long.MAX_VALUE : before,
                        ENTRIES_ON_A_PAGE);
        model.addAttribute("tab", "audit");
        model.addAttribute("by", given(by));
        model.addAttribute("path", given(path));
        model.addAttribute("outcome", outcome);
        model.addAttribute("outcomes", Outcome.values());
        model.addAttribute("entries", found.items().stream().map(Line::of).toList());
        model.addAttribute("next", found.next());
        return "console/audit";
    }

    private static @Nullable String given(@Nullable String text) {
        return text == null || text.isBlank() ? null : text.replace('\0', ' ').strip();
    }

    /// One entry.
    ///
    /// @param what method and path
    /// @param remark why it was refused, or why a limit did not hold
    record Line(
            String at,
            String actor,
            String origin,
            String what,
            String outcome,
            @Nullable String remark) {

        static Line of(AuditEntry entry) {
            return new Line(
                    Times.dayAndSecond(entry.at()),
                    entry.actor(),
                    entry.origin(),
                    entry.method() + " " + entry.path(),
                    switch (entry.outcome()) {
                        case DONE -> "revision " + entry.revision();
                        case UNCHANGED -> "unchanged";
                        case REFUSED -> "refused, " + entry.status();
                    },
                    entry.reason() == null ? entry.override() : entry.reason());
        }
    }
}
