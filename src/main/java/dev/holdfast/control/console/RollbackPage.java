package dev.holdfast.control.console;

import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.rollback.Rollbacks;
import dev.holdfast.control.web.Name;
import dev.holdfast.wire.Plan;
import dev.holdfast.wire.Rollback;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/// Back to a revision: shows the plan first, and does it when that was confirmed.
@Controller
@RequestMapping("/console/sites/{site}/history/rollback")
class RollbackPage {

    private final Rollbacks rollbacks;
    private final PlanDrawing drawing;

    RollbackPage(Rollbacks rollbacks, PlanDrawing drawing) {
        this.rollbacks = rollbacks;
        this.drawing = drawing;
    }

    @GetMapping
    String ask(@PathVariable Name site, @RequestParam long to, Model model) {
        Rollback rollback = rollbacks.plan(site.text(), to, WriteConditions.NONE);
        model.addAttribute("site", site.text());
        model.addAttribute("tab", "history");
        model.addAttribute("to", to);
        model.addAttribute("rollback", rollback);
        Plan plan = rollback.plan();
        if (plan != null) {
            model.addAttribute("foreseen", drawing.of(plan));
        }
        return "console/rollback";
    }

    /// @param seen the site's revision when the plan was shown
    @PostMapping
    String act(@PathVariable Name site, @RequestParam long to, @RequestParam long seen) {
        rollbacks.roll(site.text(), to, new WriteConditions(seen, false, false, false));
        return "redirect:/console/sites/" + site.text() + "/history";
    }
}
