package dev.holdfast.control.host;

import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Answers;
import dev.holdfast.control.web.Name;
import dev.holdfast.control.web.Page;
import dev.holdfast.wire.Host;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Items;
import dev.holdfast.wire.Token;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/v1/sites/{site}/hosts")
class HostController {

    private final Hosts hosts;
    private final Revisions revisions;

    HostController(Hosts hosts, Revisions revisions) {
        this.hosts = hosts;
        this.revisions = revisions;
    }

    @GetMapping
    Items<Host> list(
            @PathVariable Name site,
            Page page,
            @RequestParam(required = false) @Nullable IpAddress address) {
        return hosts.list(site.text(), page, address);
    }

    @GetMapping("/{host}")
    ResponseEntity<Host> get(@PathVariable Name site, @PathVariable Name host) {
        Host found = hosts.get(site.text(), host.text());
        return Answers.found(found, Objects.requireNonNull(found.revision()));
    }

    @PutMapping("/{host}")
    ResponseEntity<Host> put(
            @PathVariable Name site,
            @PathVariable Name host,
            @RequestBody Host body,
            WriteConditions conditions) {
        return Answers.written(
                revisions.advance(
                        site.text(),
                        conditions,
                        edit -> hosts.put(edit, host.text(), body, conditions)));
    }

    @DeleteMapping("/{host}")
    ResponseEntity<Void> delete(
            @PathVariable Name site, @PathVariable Name host, WriteConditions conditions) {
        return Answers.deleted(
                revisions.remove(
                        site.text(),
                        conditions,
                        edit -> hosts.delete(edit, host.text(), conditions)));
    }

    @PostMapping("/{host}/token")
    Token newToken(@PathVariable Name site, @PathVariable Name host) {
        return hosts.newToken(site.text(), host.text());
    }
}
