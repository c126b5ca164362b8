package dev.holdfast.control.site;

import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Answers;
import dev.holdfast.control.web.Name;
import dev.holdfast.control.web.Page;
import dev.holdfast.wire.Items;
import dev.holdfast.wire.Site;
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
@RequestMapping("/api/v1/sites")
class SiteController {

    private final Sites sites;
    private final Revisions revisions;

    SiteController(Sites sites, Revisions revisions) {
        this.sites = sites;
        this.revisions = revisions;
    }

    @GetMapping
    Items<Site> list(Page page) {
        return sites.list(page);
    }

    @GetMapping("/{site}")
    ResponseEntity<Site> get(@PathVariable Name site) {
        Site found = sites.get(site.text());
        return Answers.found(found, Objects.requireNonNull(found.revision()));
    }

    @PutMapping("/{site}")
    ResponseEntity<Site> put(
            @PathVariable Name site,
            @RequestBody Site body,
            @RequestParam(defaultValue = "false") boolean force,
            WriteConditions conditions) {
        return Answers.written(
                revisions.advanceOrBegin(
                        site.text(),
                        conditions,
                        edit -> sites.put(edit, site.text(), body, conditions, force)));
    }

    @DeleteMapping("/{site}")
    ResponseEntity<Void> delete(@PathVariable Name site, WriteConditions conditions) {
        return Answers.deleted(sites.delete(site.text(), conditions));
    }
}
