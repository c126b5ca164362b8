package dev.holdfast.control.change;

import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Answers;
import dev.holdfast.control.web.Name;
import dev.holdfast.wire.Applied;
import dev.holdfast.wire.ChangeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sites/{site}/apply")
class ApplyController {

    private final ChangeSets sets;

    ApplyController(ChangeSets sets) {
        this.sets = sets;
    }

    @PostMapping
    ResponseEntity<Applied> all(
            @PathVariable Name site,
            @RequestBody ChangeSet body,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            WriteConditions conditions) {
        IdempotencyKey attempt = key == null ? null : new IdempotencyKey(key);
        Applied applied = sets.apply(site.text(), body, conditions, attempt);
        return Answers.found(applied, applied.revision());
    }
}
