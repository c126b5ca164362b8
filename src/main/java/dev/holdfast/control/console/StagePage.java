package dev.holdfast.control.console;

import dev.holdfast.control.migration.Migrations;
import dev.holdfast.control.plan.Plans;
import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Name;
import dev.holdfast.control.web.Written;
import dev.holdfast.wire.Change;
import dev.holdfast.wire.ChangeSet;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Migration;
import dev.holdfast.wire.MigrationStage;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// One step of a migration: shows what it would do, and takes it when that was confirmed.
@Controller
@RequestMapping("/console/sites/{site}/services/{service}/migration/step")
class StagePage {

    private final Migrations migrations;
    private final Revisions revisions;
    private final Plans plans;
    private final PlanDrawing drawing;

    StagePage(Migrations migrations, Revisions revisions, Plans plans, PlanDrawing drawing) {
        this.migrations = migrations;
        this.revisions = revisions;
        this.plans = plans;
        this.drawing = drawing;
    }

    @GetMapping
    String ask(
            @PathVariable Name site,
            @PathVariable Name service,
            @ModelAttribute("asked") Asked asked,
            Model model) {
        model.addAttribute("site", site.text());
        model.addAttribute("tab", "service");
        model.addAttribute("serviceName", service.text());
        model.addAttribute("effect", Progress.effect(asked.to()));
        Migration now = migrations.get(site.text(), service.text());
        model.addAttribute("revision", Objects.requireNonNull(now.revision()));
        try {
            ChangeSet set = asked.changeSet(service.text());
            model.addAttribute("changes", drawing.pretty(set));
            model.addAttribute(
                    "foreseen", drawing.of(plans.plan(site.text(), set, WriteConditions.NONE)));
        } catch (Refusal refusal) {
            model.addAttribute("refusal", refusal.getMessage());
        }
        return "console/stage";
    }

    /// @param seen the migration's revision when the plan was shown
    @PostMapping
    String act(
            @PathVariable Name site,
            @PathVariable Name service,
            Asked asked,
            @RequestParam long seen,
            RedirectAttributes next) {
        WriteConditions unchanged = new WriteConditions(seen, false, false, false);
        Written<Migration> written =
                revisions.advance(
                        site.text(),
                        unchanged,
                        edit -> migrations.put(edit, service.text(), asked.migration(), unchanged));
        next.addFlashAttribute(
                "done",
                "%s since revision %d: the backends get %s %%."
                        .formatted(
                                written.resource().stage(),
                                written.revision(),
                                written.resource().realPercent()));
        return "redirect:/console/sites/%s/services/%s/migration"
                .formatted(site.text(), service.text());
    }

    /// What the form asks for.
    ///
    /// @param percent counts at CANARY only
    /// @param hosts the old load balancers, with spaces or commas between
    record Asked(MigrationStage to, @Nullable BigDecimal percent, @Nullable String hosts) {

        Asked {
            if (to == null) {
                throw new Refusal(Problem.INVALID, "to", "nothing", "a stage");
            }
        }

        /// Of a canary, its share.
        public @Nullable BigDecimal share() {
            return to == MigrationStage.CANARY ? percent : null;
        }

        private List<String> addresses() {
            String named = hosts == null ? "" : hosts.replace(',', ' ').strip();
            return named.isEmpty() ? List.of() : List.of(named.split("\\s+", -1));
        }

        private static IpAddress address(String text) {
            try {
                return IpAddress.parse(text);
            } catch (IllegalArgumentException odd) {
                throw new Refusal(Problem.INVALID, "hosts", text, "addresses such as 10.4.1.2");
            }
        }

        private ChangeSet changeSet(String service) {
            Map<String, @Nullable Object> body = new LinkedHashMap<>();
            body.put("stage", to.name());
            if (share() != null) {
                body.put("percent", share());
            }
            body.put("legacyHosts", addresses());
            return new ChangeSet(
                    List.of(
                            new Change(
                                    Change.Method.PUT,
                                    "/services/%s/migration".formatted(service),
                                    body,
                                    null)));
        }

        private Migration migration() {
            List<IpAddress> named = addresses().stream().map(Asked::address).toList();
            return new Migration(null, to, share(), named, null, null, null, null, null);
        }
    }
}
