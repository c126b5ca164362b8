package dev.holdfast.control.service;

import dev.holdfast.control.address.KnownVip;
import dev.holdfast.control.address.Vips;
import dev.holdfast.control.database.Where;
import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Kind;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Page;
import dev.holdfast.control.web.Written;
import dev.holdfast.wire.HealthCheck;
import dev.holdfast.wire.Items;
import dev.holdfast.wire.Prefix;
import dev.holdfast.wire.Service;
import dev.holdfast.wire.ServiceLimits;
import dev.holdfast.wire.ServicePort;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/// Makes, changes and removes services.
@org.springframework.stereotype.Service
public class Services {

    private final ServiceRepository repository;
    private final Backends backends;
    private final ServingBackends serving;
    private final Revisions revisions;
    private final Vips vips;
    private final JsonMapper json;
    private final List<ServiceCompanions> companions;

    Services(
            ServiceRepository repository,
            Backends backends,
            ServingBackends serving,
            Revisions revisions,
            Vips vips,
            JsonMapper json,
            List<ServiceCompanions> companions) {
        this.repository = repository;
        this.backends = backends;
        this.serving = serving;
        this.revisions = revisions;
        this.vips = vips;
        this.json = json;
        this.companions = companions;
    }

    /// @throws Refusal (404) when there is no such service
    public KnownService known(long siteId, String name) {
        return stored(siteId, name).known();
    }

    /// The services of a VIP, by name.
    public List<KnownService> onVip(long vipId) {
        return repository.findByVipIdOrderByName(vipId).stream().map(ServiceEntity::known).toList();
    }

    /// Says that what load balancers program of a service changes with this edit.
    public void stateChanges(Edit edit, KnownService service) {
        repository.findById(service.id()).ifPresent(stored -> stored.stateChanges(edit.next()));
    }

    @Transactional(readOnly = true)
    public Service get(String site, String name) {
        return shown(stored(revisions.of(site).id(), name));
    }

    @Transactional(readOnly = true)
    public Items<Service> list(
            String site, Page page, @Nullable String owner, @Nullable String vip) {
        long siteId = revisions.of(site).id();
        return page.cut(
                Where.<ServiceEntity>of("siteId", siteId)
                        .equal("owner", owner)
                        .equal("vipId", vip == null ? null : vips.known(siteId, vip).id())
                        .first(page.limit() + 1, "name", page.after(), repository),
                ServiceEntity::name,
                this::shown);
    }

    /// Creates or replaces a service, as part of an edit.
    public Written<Service> put(Edit edit, String name, Service body, WriteConditions conditions) {
        Optional<ServiceEntity> known = repository.findBySiteIdAndName(edit.siteId(), name);
        conditions.check("service " + name, known.map(ServiceEntity::revision).orElse(null));
        ServiceSettings settings = ServiceRules.settings(name, body);
        if (known.isPresent() && settings(known.get()).equals(settings)) {
            return new Written<>(shown(known.get()), known.get().revision(), false);
        }
        KnownVip vip = vip(edit, settings);
        refuseForeignSources(vip, settings);
        refuseIfClaimed(vip, name, settings);
        ServiceEntity service =
                known.isPresent() ? known.get() : new ServiceEntity(edit.siteId(), name);
        if (known.isPresent() && service.vipId() != vip.id()) {
            backends.requireReach(edit, service, vip.address().family());
        }
        Long fromVip = known.map(ServiceEntity::vipId).orElse(null);
        HealthCheck check = settings.healthCheck();
        boolean checkedBefore = known.isPresent() && service.healthCheck() != null;
        service.become(
                settings,
                check == null ? null : json.writeValueAsString(check),
                vip.id(),
                edit.next());
        repository.saveAndFlush(service);
        serving.checkChanges(edit, service, checkedBefore);
        serving.renew(edit, service);
        edit.changed(Kind.SERVICE, name, shown(service));
        if (fromVip == null || fromVip != vip.id()) {
            companions.forEach(one -> one.vipTaken(edit, service.known(), fromVip));
        }
        return new Written<>(shown(service), edit.next(), known.isEmpty());
    }

    /// Removes a service and its backends, as part of an edit.
    public void delete(Edit edit, String name, WriteConditions conditions) {
        ServiceEntity service = stored(edit.siteId(), name);
        conditions.check("service " + name, service.revision());
        companions.forEach(one -> one.serviceGoes(edit, service.known()));
        backends.deleteAll(edit, service);
        repository.delete(service);
        repository.flush();
        edit.removed(Kind.SERVICE, name);
    }

    private KnownVip vip(Edit edit, ServiceSettings settings) {
        try {
            return vips.known(edit.siteId(), settings.vip());
        } catch (Refusal none) {
            throw new Refusal(
                    Problem.INVALID, "vip", settings.vip(), "the name of a VIP of this site");
        }
    }

    private static void refuseForeignSources(KnownVip vip, ServiceSettings settings) {
        List<Prefix> sources = settings.allowedSources();
        for (int i = 0; sources != null && i < sources.size(); i++) {
            if (sources.get(i).family() != vip.address().family()) {
                throw new Refusal(
                        Problem.INVALID,
                        "allowedSources[" + i + "]",
                        sources.get(i).toString(),
                        "an " + vip.address().family() + " prefix, as the VIP " + vip.address());
            }
        }
    }

    private void refuseIfClaimed(KnownVip vip, String name, ServiceSettings settings) {
        for (ServiceEntity other : repository.findByVipIdOrderByName(vip.id())) {
            if (other.name().equals(name)) {
                continue;
            }
            for (int i = 0; i < settings.ports().size(); i++) {
                ServiceSettings.Port port = settings.ports().get(i);
                if (other.ports().contains(port)) {
                    throw new Refusal(
                            Problem.CONFLICT,
                            "ports[" + i + "]",
                            port
                                    + ", which service "
                                    + other.name()
                                    + " claims on VIP "
                                    + vip.name(),
                            "a protocol and port that no other service claims there");
                }
            }
        }
    }

    ServiceEntity stored(long siteId, String name) {
        return repository
                .findBySiteIdAndName(siteId, name)
                .orElseThrow(() -> Refusal.notFound("service " + name));
    }

    private ServiceSettings settings(ServiceEntity service) {
        return new ServiceSettings(
                vips.known(service.vipId()).name(),
                service.ports(),
                service.affinity(),
                service.allowedSources(),
                check(service),
                service.secondChance(),
                service.udpSecondChance(),
                service.maxCollateralPercent(),
                service.owner());
    }

    private @Nullable HealthCheck check(ServiceEntity service) {
        String stored = service.healthCheck();
        return stored == null ? null : json.readValue(stored, HealthCheck.class);
    }

    private Service shown(ServiceEntity service) {
        ServiceSettings settings = settings(service);
        return new Service(
                service.name(),
                settings.vip(),
                settings.ports().stream()
                        .map(port -> new ServicePort(port.protocol(), port.number()))
                        .toList(),
                settings.affinity(),
                settings.allowedSources(),
                settings.healthCheck(),
                settings.secondChance(),
                settings.udpSecondChance(),
                settings.maxCollateralPercent() == null
                        ? null
                        : new ServiceLimits(settings.maxCollateralPercent()),
                settings.owner(),
                service.revision());
    }
}
