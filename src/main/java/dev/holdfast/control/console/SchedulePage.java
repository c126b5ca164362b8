package dev.holdfast.control.console;

import dev.holdfast.control.migration.Schedules;
import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.web.Name;
import dev.holdfast.wire.MigrationSchedule;
import dev.holdfast.wire.ScheduleStep;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/// Plans, pauses, resumes and ends the schedule of a migration. Nothing of it touches traffic by
/// itself: the steps do, each within its bounds.
@Controller
@RequestMapping("/console/sites/{site}/services/{service}/migration/schedule")
class SchedulePage {

    private static final int MINUTE = 60;

    private final Schedules schedules;
    private final Clock clock = Clock.systemUTC();

    SchedulePage(Schedules schedules) {
        this.schedules = schedules;
    }

    /// @param steps percentages with spaces between
    /// @param minutes how long each soaks
    @PostMapping
    String plan(
            @PathVariable Name site,
            @PathVariable Name service,
            @RequestParam String steps,
            @RequestParam int minutes,
            RedirectAttributes next) {
        try {
            long seconds = (long) minutes * MINUTE;
            int soak = Math.clamp(seconds, Integer.MIN_VALUE, Integer.MAX_VALUE);
            put(site, service, steps(steps, soak), false);
            next.addFlashAttribute("done", "Scheduled.");
        } catch (Refusal refusal) {
            next.addFlashAttribute("refusal", refusal.getMessage());
        }
        return back(site, service);
    }

    @PostMapping("/pause")
    String pause(@PathVariable Name site, @PathVariable Name service, RedirectAttributes next) {
        put(site, service, null, true);
        next.addFlashAttribute("done", "The schedule is paused.");
        return back(site, service);
    }

    /// Goes on from where the migration is now.
    @PostMapping("/resume")
    String resume(@PathVariable Name site, @PathVariable Name service, RedirectAttributes next) {
        put(site, service, null, false);
        next.addFlashAttribute("done", "The schedule goes on.");
        return back(site, service);
    }

    @PostMapping("/end")
    String end(@PathVariable Name site, @PathVariable Name service, RedirectAttributes next) {
        schedules.delete(site.text(), service.text());
        next.addFlashAttribute("done", "The schedule is gone; the migration stays where it is.");
        return back(site, service);
    }

    /// @param steps null: those it has
    private void put(Name site, Name service, @Nullable List<ScheduleStep> steps, boolean paused) {
        List<ScheduleStep> wanted =
                steps == null ? schedules.get(site.text(), service.text()).steps() : steps;
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        schedules.put(
                site.text(),
                service.text(),
                new MigrationSchedule(null, wanted, paused, null, null, null),
                now);
    }

    private static List<ScheduleStep> steps(String text, int soakSeconds) {
        List<ScheduleStep> steps = new ArrayList<>();
        for (String word : text.replace(',', ' ').replace('%', ' ').strip().split("\\s+", -1)) {
            try {
                steps.add(new ScheduleStep(new BigDecimal(word), soakSeconds));
            } catch (NumberFormatException odd) {
                throw new Refusal(
                        Problem.INVALID, "steps", word, "percentages such as 5 25 50 100");
            }
        }
        return steps;
    }

    private static String back(Name site, Name service) {
        return "redirect:/console/sites/%s/services/%s/migration"
                .formatted(site.text(), service.text());
    }
}
