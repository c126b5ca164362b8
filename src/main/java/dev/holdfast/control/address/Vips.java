package dev.holdfast.control.address;

import dev.holdfast.control.database.Where;
import dev.holdfast.control.observed.Announcements;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Kind;
import dev.holdfast.control.revision.Lineage;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.site.Sites;
import dev.holdfast.control.web.Page;
import dev.holdfast.control.web.Written;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Items;
import dev.holdfast.wire.Vip;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Makes, changes and removes VIPs.
@Service
public class Vips {

    private final VipRepository repository;
    private final VipAddresses addresses;
    private final Revisions revisions;
    private final Sites sites;
    private final Announcements announcements;
    private final List<VipUsers> users;

    Vips(
            VipRepository repository,
            VipAddresses addresses,
            Revisions revisions,
            Sites sites,
            Announcements announcements,
            List<VipUsers> users) {
        this.repository = repository;
        this.addresses = addresses;
        this.revisions = revisions;
        this.sites = sites;
        this.announcements = announcements;
        this.users = users;
    }

    /// @throws Refusal (404) when there is no such VIP
    public KnownVip known(long siteId, String name) {
        return stored(siteId, name).known();
    }

    /// The VIP that another table points at.
    public KnownVip known(long id) {
        return repository.findById(id).orElseThrow().known();
    }

    @Transactional(readOnly = true)
    public Vip get(String site, String name) {
        Lineage lineage = revisions.of(site);
        Vip vip = stored(lineage.id(), name).shown();
        List<Vip.Announcement> announced = announcements.of(lineage, name);
        return new Vip(
                vip.name(),
                vip.address(),
                vip.family(),
                vip.revision(),
                announced.isEmpty() ? null : announced);
    }

    @Transactional(readOnly = true)
    Items<Vip> list(String site, Page page, @Nullable IpAddress address) {
        return page.cut(
                Where.<VipEntity>of("siteId", revisions.of(site).id())
                        .equal("address", address)
                        .first(page.limit() + 1, "name", page.after(), repository),
                VipEntity::name,
                VipEntity::shown);
    }

    /// Creates or replaces a VIP, as part of an edit.
    public Written<Vip> put(Edit edit, String name, Vip body, WriteConditions conditions) {
        Optional<VipEntity> known = repository.findBySiteIdAndName(edit.siteId(), name);
        conditions.check("VIP " + name, known.map(VipEntity::revision).orElse(null));
        IpAddress address =
                addresses.choose(edit.siteId(), sites.settings(edit), name, body, known);
        if (known.isEmpty()) {
            VipEntity made =
                    repository.saveAndFlush(
                            new VipEntity(edit.siteId(), name, address, edit.next()));
            edit.changed(Kind.VIP, name, made.shown());
            return new Written<>(made.shown(), edit.next(), true);
        }
        VipEntity vip = known.get();
        if (!vip.address().equals(address)) {
            vip.move(address, edit.next());
            repository.saveAndFlush(vip);
            users.forEach(user -> user.vipMoves(edit, vip.known()));
            edit.changed(Kind.VIP, name, vip.shown());
        }
        return new Written<>(vip.shown(), vip.revision(), false);
    }

    /// Removes a VIP that nothing uses, as part of an edit.
    public void delete(Edit edit, String name, WriteConditions conditions) {
        VipEntity vip = stored(edit.siteId(), name);
        conditions.check("VIP " + name, vip.revision());
        for (VipUsers user : users) {
            user.uses(vip.known())
                    .ifPresent(uses -> {
                        throw Refusal.conflict(
                                "VIP %s is used by %s: delete or move those first"
                                        .formatted(name, uses));
                    });
        }
        repository.delete(vip);
        repository.flush();
        edit.removed(Kind.VIP, name);
    }

    private VipEntity stored(long siteId, String name) {
        return repository
                .findBySiteIdAndName(siteId, name)
                .orElseThrow(() -> Refusal.notFound("VIP " + name));
    }
}
