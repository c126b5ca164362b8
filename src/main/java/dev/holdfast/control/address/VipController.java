package dev.holdfast.control.address;

import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Answers;
import dev.holdfast.control.web.Name;
import dev.holdfast.control.web.Page;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Items;
import dev.holdfast.wire.Vip;
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
@RequestMapping("/api/v1/sites/{site}/vips")
class VipController {

    private final Vips vips;
    private final Revisions revisions;

    VipController(Vips vips, Revisions revisions) {
        this.vips = vips;
        this.revisions = revisions;
    }

    @GetMapping
    Items<Vip> list(
            @PathVariable Name site,
            Page page,
            @RequestParam(required = false) @Nullable IpAddress address) {
        return vips.list(site.text(), page, address);
    }

    @GetMapping("/{vip}")
    ResponseEntity<Vip> get(@PathVariable Name site, @PathVariable Name vip) {
        Vip found = vips.get(site.text(), vip.text());
        return Answers.found(found, Objects.requireNonNull(found.revision()));
    }

    @PutMapping("/{vip}")
    ResponseEntity<Vip> put(
            @PathVariable Name site,
            @PathVariable Name vip,
            @RequestBody Vip body,
            WriteConditions conditions) {
        return Answers.written(
                revisions.advance(
                        site.text(),
                        conditions,
                        edit -> vips.put(edit, vip.text(), body, conditions)));
    }

    @DeleteMapping("/{vip}")
    ResponseEntity<Void> delete(
            @PathVariable Name site, @PathVariable Name vip, WriteConditions conditions) {
        return Answers.deleted(
                revisions.remove(
                        site.text(),
                        conditions,
                        edit -> vips.delete(edit, vip.text(), conditions)));
    }
}
