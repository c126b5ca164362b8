package dev.holdfast.control.site;

import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Kind;
import dev.holdfast.control.revision.Lineage;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Page;
import dev.holdfast.control.web.Written;
import dev.holdfast.wire.Items;
import dev.holdfast.wire.Site;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Makes, changes and ends sites.
@Service
public class Sites {

    private final SiteRepository repository;
    private final Revisions revisions;
    private final List<SiteTenants> tenants;

    Sites(SiteRepository repository, Revisions revisions, List<SiteTenants> tenants) {
        this.repository = repository;
        this.revisions = revisions;
        this.tenants = tenants;
    }

    /// The settings of the site that an edit is about.
    public SiteSettings settings(Edit edit) {
        return repository
                .findById(edit.siteId())
                .map(SiteEntity::settings)
                .orElseThrow(() -> Refusal.notFound("site " + edit.site()));
    }

    @Transactional(readOnly = true)
    public Site get(String name) {
        Lineage lineage = revisions.of(name);
        return shown(lineage.site(), lineage.epoch().toString(), stored(lineage.id(), name));
    }

    @Transactional(readOnly = true)
    public Items<Site> list(Page page) {
        return page.cut(
                repository.names(page.after(), Limit.of(page.limit() + 1)), n -> n, this::get);
    }

    /// Creates or replaces a site, as part of an edit.
    ///
    /// @param force whether connections may be lost by it
    /// @throws Refusal (409) when they may, and it is not forced
    public Written<Site> put(
            Edit edit, String name, Site body, WriteConditions conditions, boolean force) {
        Optional<SiteEntity> known = repository.findById(edit.siteId());
        conditions.check("site " + name, known.map(SiteEntity::revision).orElse(null));
        SiteSettings settings = SiteRules.settings(name, body);
        return known.isEmpty() ? begin(edit, settings) : change(edit, known.get(), settings, force);
    }

    private Written<Site> begin(Edit edit, SiteSettings settings) {
        SiteEntity entity = repository.save(new SiteEntity(edit.siteId(), settings, edit.next()));
        Site site = shown(edit.site(), edit.epoch(), entity);
        edit.changed(Kind.SITE, edit.site(), site);
        return new Written<>(site, entity.revision(), true);
    }

    private Written<Site> change(
            Edit edit, SiteEntity entity, SiteSettings settings, boolean force) {
        SiteSettings before = entity.settings();
        if (!before.equals(settings)) {
            entity.become(settings, edit.next());
            SiteChange change = new SiteChange(edit, before, settings, force);
            tenants.forEach(tenant -> tenant.siteChanges(change));
            edit.changed(Kind.SITE, edit.site(), shown(edit.site(), edit.epoch(), entity));
        }
        Site site = shown(edit.site(), edit.epoch(), entity);
        return new Written<>(site, entity.revision(), false);
    }

    /// @return the revision of its end
    long delete(String name, WriteConditions conditions) {
        return revisions.end(
                name,
                edit -> {
                    conditions.check("site " + name, stored(edit.siteId(), name).revision());
                    String used =
                            tenants.stream()
                                    .map(tenant -> tenant.uses(edit.siteId()))
                                    .flatMap(Optional::stream)
                                    .collect(Collectors.joining("; "));
                    if (!used.isEmpty()) {
                        throw Refusal.conflict(
                                "site " + name + " still has " + used + ": delete those first");
                    }
                });
    }

    private SiteEntity stored(long id, String name) {
        return repository.findById(id).orElseThrow(() -> Refusal.notFound("site " + name));
    }

    private static Site shown(String name, String epoch, SiteEntity entity) {
        SiteSettings settings = entity.settings();
        return new Site(
                name,
                settings.vipRanges(),
                settings.tunnelRanges(),
                settings.encapsulation(),
                settings.accepts(),
                settings.underlayMtu(),
                settings.limits(),
                epoch,
                entity.revision());
    }
}
