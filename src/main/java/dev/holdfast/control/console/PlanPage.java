package dev.holdfast.control.console;

import dev.holdfast.control.change.ChangeSets;
import dev.holdfast.control.plan.Plans;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Name;
import dev.holdfast.control.web.UnreadableBody;
import dev.holdfast.wire.Applied;
import dev.holdfast.wire.Change;
import dev.holdfast.wire.ChangeSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A change set, pasted or put together: what it would do, and the button that does it.
@Controller
@RequestMapping("/console/sites/{site}/plan")
class PlanPage {

    private final Plans plans;
    private final ChangeSets sets;
    private final PlanDrawing drawing;
    private final JsonMapper json;

    PlanPage(Plans plans, ChangeSets sets, PlanDrawing drawing, JsonMapper json) {
        this.plans = plans;
        this.sets = sets;
        this.drawing = drawing;
        this.json = json;
    }

    @GetMapping
    String empty(@PathVariable Name site, Model model) {
        return page(site, Asked.NOTHING, model);
    }

    /// Stores nothing.
    @PostMapping(params = "then=see")
    String see(@PathVariable Name site, Asked asked, Model model) {
        try {
            model.addAttribute(
                    "foreseen",
                    drawing.of(plans.plan(site.text(), read(asked.changes()), asked.under(null))));
        } catch (Refusal refusal) {
            model.addAttribute("refusal", refusal.getMessage());
        }
        return page(site, asked, model);
    }

    /// One more change at the end of the box.
    @PostMapping(params = "then=add")
    String add(
            @PathVariable Name site, Asked asked, @RequestParam Change.Method method, Model model) {
        try {
            List<Change> changes = new ArrayList<>();
            if (!asked.changes().isBlank()) {
                changes.addAll(
                        Objects.requireNonNullElse(read(asked.changes()).changes(), List.of()));
            }
            changes.add(change(method, asked));
            return page(site, asked.with(drawing.pretty(new ChangeSet(changes))), model);
        } catch (Refusal refusal) {
            model.addAttribute("refusal", refusal.getMessage());
            return page(site, asked, model);
        }
    }

    /// @param seen the site's revision that the plan was made for
    @PostMapping("/apply")
    String apply(
            @PathVariable Name site,
            Asked asked,
            @RequestParam long seen,
            RedirectAttributes next) {
        Applied applied = sets.apply(site.text(), read(asked.changes()), asked.under(seen), null);
        next.addFlashAttribute(
                "done",
                "Done: %d %s, as revision %d."
                        .formatted(
                                applied.changes().size(),
                                applied.changes().size() == 1 ? "change" : "changes",
                                applied.revision()));
        return "redirect:/console/sites/" + site.text() + "/plan";
    }

    private static String page(Name site, Asked asked, Model model) {
        model.addAttribute("site", site.text());
        model.addAttribute("tab", "plan");
        model.addAttribute("asked", asked);
        return "console/plans";
    }

    private ChangeSet read(String changes) {
        try {
            return json.readValue(changes, ChangeSet.class);
        } catch (JacksonException e) {
            throw UnreadableBody.explain(e);
        }
    }

    private Change change(Change.Method method, Asked asked) {
        try {
            ObjectNode change =
                    json.createObjectNode().put("method", method.name()).put("path", asked.path());
            if (method == Change.Method.PUT) {
                change.set("body", json.readTree(asked.body().isBlank() ? "{}" : asked.body()));
            }
            return json.treeToValue(change, Change.class);
        } catch (JacksonException e) {
            throw UnreadableBody.explain(e);
        }
    }

    /// What stands in the form.
    ///
    /// @param path of the change to add
    /// @param body of the change to add, JSON; empty for none
    /// @param override why a collateral limit is not to hold; empty: it holds
    record Asked(
            String changes, String path, String body, String override, @Nullable Boolean meant) {

        static final Asked NOTHING = new Asked("", "", "", "", null);

        Asked(
                @Nullable String changes,
                @Nullable String path,
                @Nullable String body,
                @Nullable String override,
                @Nullable Boolean meant) {
            this.changes = Objects.requireNonNullElse(changes, "");
            this.path = Objects.requireNonNullElse(path, "").strip();
            this.body = Objects.requireNonNullElse(body, "");
            this.override = Objects.requireNonNullElse(override, "").strip();
            this.meant = meant;
        }

        public boolean isMeant() {
            return Boolean.TRUE.equals(meant);
        }

        private Asked with(String others) {
            return new Asked(others, "", "", override, meant);
        }

        private WriteConditions under(@Nullable Long revision) {
            return new WriteConditions(
                    revision, false, false, isMeant(), override.isEmpty() ? null : override);
        }
    }
}
