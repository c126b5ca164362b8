package dev.holdfast.control.console;

import dev.holdfast.control.plan.Plans;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.service.Backends;
import dev.holdfast.control.web.Name;
import dev.holdfast.control.web.Written;
import dev.holdfast.wire.AdminState;
import dev.holdfast.wire.Backend;
import dev.holdfast.wire.Change;
import dev.holdfast.wire.ChangeSet;
import dev.holdfast.wire.Plan;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Drain, enable, disable: says first what it does, and does it when that was confirmed.
@Controller
@RequestMapping("/console/sites/{site}/services/{service}/backends/{host}")
class BackendPage {

    private final Backends backends;
    private final BackendLines lines;
    private final Revisions revisions;
    private final Plans plans;
    private final PlanDrawing drawing;

    BackendPage(
            Backends backends,
            BackendLines lines,
            Revisions revisions,
            Plans plans,
            PlanDrawing drawing) {
        this.backends = backends;
        this.lines = lines;
        this.revisions = revisions;
        this.plans = plans;
        this.drawing = drawing;
    }

    @GetMapping
    String ask(
            @PathVariable Name site,
            @PathVariable Name service,
            @PathVariable Name host,
            @RequestParam AdminState to,
            Model model) {
        model.addAttribute("site", site.text());
        model.addAttribute("tab", "service");
        model.addAttribute("serviceName", service.text());
        model.addAttribute("step", Step.to(to));
        model.addAttribute("backend", lines.one(site.text(), service.text(), host.text()));
        model.addAttribute(
                "foreseen", drawing.of(plan(site.text(), service.text(), host.text(), to)));
        return "console/backend";
    }

    private Plan plan(String site, String service, String host, AdminState to) {
        Backend known = backends.get(site, service, host);
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("weight", known.weight());
        body.put("adminState", to.name());
        body.put("drainSeconds", known.drainSeconds());
        Change change =
                new Change(
                        Change.Method.PUT,
                        "/services/%s/backends/%s".formatted(service, host),
                        body,
                        null);
        return plans.plan(site, new ChangeSet(List.of(change)), WriteConditions.NONE);
    }

    /// @param seen the backend's revision when the question was asked: when it has changed since,
    ///   the answer was to another question
    @PostMapping
    String act(
            @PathVariable Name site,
            @PathVariable Name service,
            @PathVariable Name host,
            @RequestParam AdminState to,
            @RequestParam long seen,
            RedirectAttributes next) {
        WriteConditions unchanged = new WriteConditions(seen, false, false, false);
        Backend known = backends.get(site.text(), service.text(), host.text());
        Written<Backend> written =
                revisions.advance(
                        site.text(),
                        unchanged,
                        edit ->
                                backends.put(
                                        edit,
                                        service.text(),
                                        host.text(),
                                        known.to(to),
                                        unchanged));
        next.addFlashAttribute(
                "done",
                "%s: %s, since revision %d."
                        .formatted(
                                host.text(),
                                BackendState.of(written.resource()).word(),
                                written.revision()));
        return "redirect:/console/sites/" + site.text() + "/services/" + service.text();
    }
}
