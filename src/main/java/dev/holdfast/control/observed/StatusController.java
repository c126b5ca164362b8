package dev.holdfast.control.observed;

import dev.holdfast.control.web.Name;
import dev.holdfast.wire.Status;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/// Who runs what in a site.
@RestController
class StatusController {

    private final Observations observations;

    StatusController(Observations observations) {
        this.observations = observations;
    }

    @GetMapping("/api/v1/sites/{site}/status")
    Status status(@PathVariable Name site) {
        return observations.status(site.text());
    }
}
