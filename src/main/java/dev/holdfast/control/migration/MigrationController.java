package dev.holdfast.control.migration;

import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Answers;
import dev.holdfast.control.web.Name;
import dev.holdfast.wire.Migration;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sites/{site}/services/{service}/migration")
class MigrationController {

    private final Migrations migrations;
    private final Revisions revisions;

    MigrationController(Migrations migrations, Revisions revisions) {
        this.migrations = migrations;
        this.revisions = revisions;
    }

    @GetMapping
    ResponseEntity<Migration> get(@PathVariable Name site, @PathVariable Name service) {
        Migration found = migrations.get(site.text(), service.text());
        return Answers.found(found, Objects.requireNonNull(found.revision()));
    }

    @PutMapping
    ResponseEntity<Migration> put(
            @PathVariable Name site,
            @PathVariable Name service,
            @RequestBody Migration body,
            WriteConditions conditions) {
        return Answers.written(
                revisions.advance(
                        site.text(),
                        conditions,
                        edit -> migrations.put(edit, service.text(), body, conditions)));
    }
}
