package dev.holdfast.control.service;

import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Answers;
import dev.holdfast.control.web.Name;
import dev.holdfast.control.web.Page;
import dev.holdfast.wire.Items;
import dev.holdfast.wire.Service;
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
@RequestMapping("/api/v1/sites/{site}/services")
class ServiceController {

    private final Services services;
    private final Revisions revisions;

    ServiceController(Services services, Revisions revisions) {
        this.services = services;
        this.revisions = revisions;
    }

    @GetMapping
    Items<Service> list(
            @PathVariable Name site,
            Page page,
            @RequestParam(required = false) @Nullable String owner,
            @RequestParam(required = false) @Nullable String vip) {
        return services.list(site.text(), page, owner, vip);
    }

    @GetMapping("/{service}")
    ResponseEntity<Service> get(@PathVariable Name site, @PathVariable Name service) {
        Service found = services.get(site.text(), service.text());
        return Answers.found(found, Objects.requireNonNull(found.revision()));
    }

    @PutMapping("/{service}")
    ResponseEntity<Service> put(
            @PathVariable Name site,
            @PathVariable Name service,
            @RequestBody Service body,
            WriteConditions conditions) {
        return Answers.written(
                revisions.advance(
                        site.text(),
                        conditions,
                        edit -> services.put(edit, service.text(), body, conditions)));
    }

    @DeleteMapping("/{service}")
    ResponseEntity<Void> delete(
            @PathVariable Name site, @PathVariable Name service, WriteConditions conditions) {
        return Answers.deleted(
                revisions.remove(
                        site.text(),
                        conditions,
                        edit -> services.delete(edit, service.text(), conditions)));
    }
}
