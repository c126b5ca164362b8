package dev.holdfast.control.service;

import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Answers;
import dev.holdfast.control.web.Name;
import dev.holdfast.control.web.Page;
import dev.holdfast.wire.AdminState;
import dev.holdfast.wire.Backend;
import dev.holdfast.wire.Items;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
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
@RequestMapping("/api/v1/sites/{site}/services/{service}/backends")
class BackendController {

    private final Backends backends;
    private final Revisions revisions;

    BackendController(Backends backends, Revisions revisions) {
        this.backends = backends;
        this.revisions = revisions;
    }

    @GetMapping
    Items<Backend> list(
            @PathVariable Name site,
            @PathVariable Name service,
            Page page,
            @RequestParam(required = false) @Nullable AdminState adminState) {
        return backends.list(site.text(), service.text(), page, adminState);
    }

    @GetMapping("/{host}")
    ResponseEntity<Backend> get(
            @PathVariable Name site, @PathVariable Name service, @PathVariable Name host) {
        Backend found = backends.get(site.text(), service.text(), host.text());
        return Answers.found(found, Objects.requireNonNull(found.revision()));
    }

    @PutMapping("/{host}")
    ResponseEntity<Backend> put(
            @PathVariable Name site,
            @PathVariable Name service,
            @PathVariable Name host,
            @RequestBody Backend body,
            WriteConditions conditions) {
        return Answers.written(
                revisions.advance(
                        site.text(),
                        conditions,
                        edit -> backends.put(edit, service.text(), host.text(), body, conditions)));
    }

    @DeleteMapping("/{host}")
    ResponseEntity<Void> delete(
            @PathVariable Name site,
            @PathVariable Name service,
            @PathVariable Name host,
            WriteConditions conditions) {
        return Answers.deleted(
                revisions.remove(
                        site.text(),
                        conditions,
                        edit -> backends.delete(edit, service.text(), host.text(), conditions)));
    }
}
