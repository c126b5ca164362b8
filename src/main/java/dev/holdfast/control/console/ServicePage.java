package dev.holdfast.control.console;

import dev.holdfast.control.migration.Migrations;
import dev.holdfast.control.service.Services;
import dev.holdfast.control.web.Name;
import dev.holdfast.control.web.Page;
import dev.holdfast.wire.Items;
import dev.holdfast.wire.Service;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.ModelAndView;

/// One service: what it is, and who answers its clients.
@Controller
@RequestMapping("/console/sites/{site}/services/{service}")
class ServicePage {

    private final Services services;
    private final ServiceLines lines;
    private final BackendLines backends;
    private final Migrations migrations;
    private final Pulse pulse;

    ServicePage(
            Services services,
            ServiceLines lines,
            BackendLines backends,
            Migrations migrations,
            Pulse pulse) {
        this.services = services;
        this.lines = lines;
        this.backends = backends;
        this.migrations = migrations;
        this.pulse = pulse;
    }

    @GetMapping
    String service(@PathVariable Name site, @PathVariable Name service, Page page, Model model) {
        Service stored = services.get(site.text(), service.text());
        model.addAttribute("site", site.text());
        model.addAttribute("tab", "service");
        model.addAttribute("service", stored);
        model.addAttribute("migration", migrations.get(site.text(), service.text()));
        model.addAttribute("line", lines.one(site.text(), service.text()));
        fill(site, service, page, model.asMap());
        return "console/service";
    }

    /// The backends alone, when they differ from what the browser shows.
    @GetMapping("/live")
    ModelAndView live(
            @PathVariable Name site,
            @PathVariable Name service,
            Page page,
            @RequestParam @Nullable String seen) {
        Map<String, Object> model = new HashMap<>();
        model.put("site", site.text());
        fill(site, service, page, model);
        String mark = String.valueOf(model.get("mark"));
        return Fragments.unlessSeen(mark, seen, "console/service :: live", model);
    }

    private void fill(Name site, Name service, Page page, Map<String, Object> model) {
        Items<BackendLines.BackendLine> found = backends.list(site.text(), service.text(), page);
        model.put("serviceName", service.text());
        Sparkline line = Sparkline.of(pulse.of(site.text(), service.text()));
        if (line != null) {
            model.put("pulse", line);
        }
        model.put("backends", found);
        model.put("after", page.after());
        model.put("mark", Integer.toHexString((found + " " + line).hashCode()));
    }
}
