package dev.holdfast.control.console;

import dev.holdfast.control.history.History;
import dev.holdfast.control.web.Name;
import dev.holdfast.wire.Items;
import dev.holdfast.wire.Revision;
import dev.holdfast.wire.RevisionDiff;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Who changed what, when, and how it was before.
@Controller
@RequestMapping("/console/sites/{site}/history")
class HistoryPage {

    private static final int REVISIONS_ON_A_PAGE = 50;

    private final History history;
    private final Differences differences;

    HistoryPage(History history, Differences differences) {
        this.history = history;
        this.differences = differences;
    }

    /// @param before only older ones; left out: from the newest on
    @GetMapping
    String list(@PathVariable Name site, @RequestParam @Nullable Long before, Model model) {
        Items<Revision> found =
                history.list(
                        site.text(), before == null ? Long.MAX_VALUE : before, REVISIONS_ON_A_PAGE);
        List<Line> lines =
                found.items().stream()
                        .map(revision ->
                                new Line(
                                        revision.revision(),
                                        Times.dayAndSecond(revision.at()),
                                        revision.actor(),
                                        revision.summary(),
                                        revision.meant()))
                        .toList();
        model.addAttribute("site", site.text());
        model.addAttribute("tab", "history");
        model.addAttribute("revisions", lines);
        model.addAttribute("next", found.next());
        return "console/history";
    }

    /// @param from left out: the revision before
    @GetMapping("/diff")
    String diff(
            @PathVariable Name site,
            @RequestParam long to,
            @RequestParam @Nullable Long from,
            Model model) {
        RevisionDiff diff = history.diff(site.text(), from == null ? to - 1 : from, to);
        model.addAttribute("site", site.text());
        model.addAttribute("tab", "history");
        model.addAttribute("from", diff.from());
        model.addAttribute("to", diff.to());
        model.addAttribute("differences", differences.of(diff.changes()));
        return "console/diff";
    }

    /// One revision.
    ///
    /// @param meant whether a large loss at once was meant
    record Line(long number, String at, String actor, String summary, boolean meant) {}
}
