package dev.holdfast.control.migration;

import dev.holdfast.control.web.Name;
import dev.holdfast.wire.MigrationSchedule;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/// A schedule changes nobody's desired state: its writes make no revision.
@RestController
@RequestMapping("/api/v1/sites/{site}/services/{service}/migration/schedule")
class ScheduleController {

    private final Schedules schedules;
    private final Clock clock = Clock.systemUTC();

    ScheduleController(Schedules schedules) {
        this.schedules = schedules;
    }

    @GetMapping
    MigrationSchedule get(@PathVariable Name site, @PathVariable Name service) {
        return schedules.get(site.text(), service.text());
    }

    @PutMapping
    MigrationSchedule put(
            @PathVariable Name site,
            @PathVariable Name service,
            @RequestBody MigrationSchedule body) {
        return schedules.put(
                site.text(), service.text(), body, clock.instant().truncatedTo(ChronoUnit.MILLIS));
    }

    @DeleteMapping
    ResponseEntity<Void> delete(@PathVariable Name site, @PathVariable Name service) {
        schedules.delete(site.text(), service.text());
        return ResponseEntity.noContent().build();
    }
}
