package dev.holdfast.control.health;

import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Answers;
import dev.holdfast.control.web.Name;
import dev.holdfast.wire.HealthStatement;
import java.util.Objects;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sites/{site}/services/{service}/backends/{host}/health")
class HealthStatementController {

    private final Statements statements;
    private final Revisions revisions;

    HealthStatementController(Statements statements, Revisions revisions) {
        this.statements = statements;
        this.revisions = revisions;
    }

    @GetMapping
    ResponseEntity<HealthStatement> get(
            @PathVariable Name site, @PathVariable Name service, @PathVariable Name host) {
        HealthStatement found = statements.get(site.text(), service.text(), host.text());
        return Answers.found(found, Objects.requireNonNull(found.revision()));
    }

    @PutMapping
    ResponseEntity<HealthStatement> put(
            @PathVariable Name site,
            @PathVariable Name service,
            @PathVariable Name host,
            @RequestBody HealthStatement body,
            WriteConditions conditions) {
        return Answers.written(
                revisions.advance(
                        site.text(),
                        conditions,
                        edit ->
                                statements.put(
                                        edit, service.text(), host.text(), body, conditions)));
    }

    @DeleteMapping
    ResponseEntity<Void> delete(
            @PathVariable Name site,
            @PathVariable Name service,
            @PathVariable Name host,
            WriteConditions conditions) {
        return Answers.deleted(
                revisions.advance(
                        site.text(),
                        conditions,
                        (Edit edit) -> {
                            statements.delete(edit, service.text(), host.text(), conditions);
                            return edit.result();
                        }));
    }
}
