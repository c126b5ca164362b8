package dev.holdfast.control.service;

import dev.holdfast.control.address.KnownVip;
import dev.holdfast.control.address.VipUsers;
import dev.holdfast.control.address.Vips;
import dev.holdfast.control.host.HostUsers;
import dev.holdfast.control.host.KnownHost;
import dev.holdfast.control.problem.Few;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.site.SiteChange;
import dev.holdfast.control.site.SiteTenants;
import dev.holdfast.wire.Prefix;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/// Speaks for the services when what they stand on changes or goes: their site, a VIP, a host.
@Component
class ServicesOfSite implements SiteTenants, VipUsers, HostUsers {

    private final ServiceRepository services;
    private final Backends backends;
    private final Vips vips;
    private final Underlay underlay;
    private final List<ServiceCompanions> companions;

    /// @param backends and the others come late: they know the tenants that this one belongs to
    ServicesOfSite(
            ServiceRepository services,
            @org.springframework.context.annotation.Lazy Backends backends,
            @org.springframework.context.annotation.Lazy Vips vips,
            @org.springframework.context.annotation.Lazy Underlay underlay,
            List<ServiceCompanions> companions) {
        this.services = services;
        this.backends = backends;
        this.vips = vips;
        this.underlay = underlay;
        this.companions = companions;
    }

    @Override
    public Optional<String> uses(long siteId) {
        return Few.of("service", names(services.findBySiteIdOrderByName(siteId)));
    }

    @Override
    public void siteChanges(SiteChange change) {
        if (change.before().encapsulation().equals(change.after().encapsulation())) {
            return;
        }
        for (ServiceEntity service : services.findBySiteIdOrderByName(change.edit().siteId())) {
            KnownVip vip = vips.known(service.vipId());
            backends.requireReach(change.edit(), service, vip.address().family());
            service.stateChanges(change.edit().next());
        }
    }

    @Override
    public Optional<String> uses(KnownVip vip) {
        return Few.of("service", names(services.findByVipIdOrderByName(vip.id())));
    }

    @Override
    public void vipMoves(Edit edit, KnownVip after) {
        for (ServiceEntity service : services.findByVipIdOrderByName(after.id())) {
            backends.requireReach(edit, service, after.address().family());
            List<Prefix> sources = service.allowedSources();
            if (sources != null && sources.getFirst().family() != after.address().family()) {
                throw Refusal.conflict(
                        "service %s on VIP %s allows sources of the other family: change it first"
                                .formatted(service.name(), after.name()));
            }
            service.stateChanges(edit.next());
            companions.forEach(one -> one.tableChanges(edit, service.known()));
        }
    }

    @Override
    public Optional<String> uses(KnownHost host) {
        return Few.of("service", names(services.withBackend(host.id())));
    }

    @Override
    public void hostMoves(Edit edit, KnownHost after) {
        List<ServiceEntity> served = services.withBackend(after.id());
        if (served.isEmpty()) {
            return;
        }
        Reach reach = underlay.reach(edit);
        for (ServiceEntity service : served) {
            reach.require(vips.known(service.vipId()).address().family(), after);
            service.stateChanges(edit.next());
        }
    }

    private static List<String> names(List<ServiceEntity> services) {
        return services.stream().map(ServiceEntity::name).toList();
    }
}
