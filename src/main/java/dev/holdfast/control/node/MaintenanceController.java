package dev.holdfast.control.node;

import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Answers;
import dev.holdfast.control.web.Name;
import dev.holdfast.wire.Maintenance;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sites/{site}/nodes/{node}/maintenance")
class MaintenanceController {

    private final Maintenances maintenances;
    private final Revisions revisions;

    MaintenanceController(Maintenances maintenances, Revisions revisions) {
        this.maintenances = maintenances;
        this.revisions = revisions;
    }

    @GetMapping
    ResponseEntity<Maintenance> get(@PathVariable Name site, @PathVariable Name node) {
        Maintenance found = maintenances.get(site.text(), node.text());
        return Answers.found(found, Objects.requireNonNull(found.revision()));
    }

    @PutMapping
    ResponseEntity<Maintenance> put(
            @PathVariable Name site,
            @PathVariable Name node,
            @RequestBody Maintenance body,
            @RequestParam(defaultValue = "false") boolean force,
            WriteConditions conditions) {
        return Answers.written(
                revisions.advance(
                        site.text(),
                        conditions,
                        edit -> maintenances.put(edit, node.text(), body, conditions, force)));
    }

    @DeleteMapping
    ResponseEntity<Void> delete(
            @PathVariable Name site,
            @PathVariable Name node,
            @RequestParam(defaultValue = "false") boolean force,
            WriteConditions conditions) {
        return Answers.deleted(
                revisions.remove(
                        site.text(),
                        conditions,
                        edit -> maintenances.delete(edit, node.text(), conditions, force)));
    }
}
