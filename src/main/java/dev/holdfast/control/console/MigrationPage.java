package dev.holdfast.control.console;

import dev.holdfast.control.migration.Migrations;
import dev.holdfast.control.migration.Schedules;
import dev.holdfast.control.web.Name;
import dev.holdfast.wire.Migration;
import dev.holdfast.wire.MigrationSchedule;
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

/// How far a service has been moved, where it can go from there, and its schedule.
@Controller
@RequestMapping("/console/sites/{site}/services/{service}/migration")
class MigrationPage {

    private final Migrations migrations;
    private final Schedules schedules;

    MigrationPage(Migrations migrations, Schedules schedules) {
        this.migrations = migrations;
        this.schedules = schedules;
    }

    @GetMapping
    String migration(@PathVariable Name site, @PathVariable Name service, Model model) {
        fill(site.text(), service.text(), model.asMap());
        model.addAttribute("site", site.text());
        model.addAttribute("tab", "service");
        return "console/migration";
    }

    /// How it stands alone, when that differs from what the browser shows: a schedule goes on by
    /// itself.
    @GetMapping("/live")
    ModelAndView live(
            @PathVariable Name site,
            @PathVariable Name service,
            @RequestParam @Nullable String seen) {
        Map<String, Object> model = new HashMap<>();
        model.put("site", site.text());
        fill(site.text(), service.text(), model);
        String mark = String.valueOf(model.get("mark"));
        return Fragments.unlessSeen(mark, seen, "console/migration :: live", model);
    }

    private void fill(String site, String service, Map<String, Object> model) {
        Migration migration = migrations.get(site, service);
        MigrationSchedule schedule = schedules.find(site, service).orElse(null);
        Progress progress = Progress.of(migration, schedule);
        model.put("serviceName", service);
        model.put("progress", progress);
        model.put("mark", Integer.toHexString(progress.hashCode()));
    }
}
