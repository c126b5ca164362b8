package dev.holdfast.control.site;

import dev.holdfast.control.change.ChangePath;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Written;
import dev.holdfast.wire.Site;
import java.util.List;
import org.springframework.stereotype.Component;

/// The settings of the site itself in change sets.
@Component
class SiteChanges implements ChangePath<Site> {

    private final Sites sites;

    SiteChanges(Sites sites) {
        this.sites = sites;
    }

    @Override
    public String pattern() {
        return "";
    }

    @Override
    public Class<Site> body() {
        return Site.class;
    }

    @Override
    public Written<?> put(Edit edit, List<String> names, Site body, boolean force) {
        return sites.put(edit, edit.site(), body, WriteConditions.NONE, force);
    }

    @Override
    public void delete(Edit edit, List<String> names, boolean force) {
        throw Refusal.conflict(
                "a site does not end in a change set: delete what it holds, then the site itself");
    }
}
