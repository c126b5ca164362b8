package dev.holdfast.control.service;

import dev.holdfast.control.address.Vips;
import dev.holdfast.control.host.Hosts;
import dev.holdfast.control.host.KnownHost;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Kind;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.web.Page;
import dev.holdfast.control.web.Written;
import dev.holdfast.wire.AdminState;
import dev.holdfast.wire.Backend;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.Items;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Lets hosts join services, changes them, and takes them out.
@Service
public class Backends {

    /// The kernel's table has a slot for each at the most; beyond that it goes stale unseen.
    private static final int BACKENDS_MAX = 4093;

    private final BackendRepository repository;
    private final ServiceRepository services;
    private final ServingBackends serving;
    private final Hosts hosts;
    private final Vips vips;
    private final Underlay underlay;
    private final Revisions revisions;
    private final List<ServiceCompanions> companions;
    private final List<BackendSight> sights;

    Backends(
            BackendRepository repository,
            ServiceRepository services,
            ServingBackends serving,
            Hosts hosts,
            Vips vips,
            Underlay underlay,
            Revisions revisions,
            List<ServiceCompanions> companions,
            List<BackendSight> sights) {
        this.repository = repository;
        this.services = services;
        this.serving = serving;
        this.hosts = hosts;
        this.vips = vips;
        this.underlay = underlay;
        this.revisions = revisions;
        this.companions = companions;
        this.sights = sights;
    }

    @Transactional(readOnly = true)
    public Backend get(String site, String service, String host) {
        long siteId = revisions.of(site).id();
        ServiceEntity of = service(siteId, service);
        BackendEntity found = stored(of, hosts.known(siteId, host));
        return seen(of, List.of(new BackendRepository.Member(found, host))).getFirst();
    }

    @Transactional(readOnly = true)
    public Items<Backend> list(
            String site, String service, Page page, @Nullable AdminState adminState) {
        ServiceEntity of = service(revisions.of(site).id(), service);
        List<BackendRepository.Member> members =
                repository.members(of.id(), page.after(), adminState, Limit.of(page.limit() + 1));
        return page.cut(
                seen(of, members), backend -> String.valueOf(backend.host()), Function.identity());
    }

    /// With all that any feature has seen of them.
    private List<Backend> seen(ServiceEntity of, List<BackendRepository.Member> members) {
        Map<Long, Backend> shown = new LinkedHashMap<>();
        for (BackendRepository.Member member : members) {
            BackendEntity backend = member.backend();
            shown.put(backend.id(), backend.shown(of.name(), member.host()));
        }
        if (!shown.isEmpty()) {
            sights.forEach(sight -> sight.addTo(of.known(), shown));
        }
        return List.copyOf(shown.values());
    }

    /// Lets a host join a service, or changes how it takes part, as part of an edit.
    public Written<Backend> put(
            Edit edit,
            String serviceName,
            String hostName,
            Backend body,
            WriteConditions conditions) {
        ServiceEntity service = service(edit.siteId(), serviceName);
        KnownHost host = hosts.known(edit.siteId(), hostName);
        Optional<BackendEntity> known =
                repository.findByServiceIdAndHostId(service.id(), host.id());
        conditions.check(
                "backend " + serviceName + "/" + hostName,
                known.map(BackendEntity::revision).orElse(null));
        BackendSettings settings = BackendSettings.of(serviceName, hostName, body);
        if (known.isPresent() && known.get().settings().equals(settings)) {
            Backend same = known.get().shown(serviceName, hostName);
            return new Written<>(same, known.get().revision(), false);
        }
        BackendEntity backend = known.isPresent() ? known.get() : joining(edit, service, host);
        backend.become(settings, edit.next());
        service.stateChanges(edit.next());
        repository.save(backend);
        serving.stands(edit, service, backend, hostName);
        serving.renew(edit, service);
        repository.flush();
        Backend shown = backend.shown(serviceName, hostName);
        edit.changed(Kind.BACKEND, serviceName + "/" + hostName, shown);
        companions.forEach(one -> one.tableChanges(edit, service.known()));
        return new Written<>(shown, edit.next(), known.isEmpty());
    }

    /// Takes a host out of a service and its table, as part of an edit.
    public void delete(Edit edit, String serviceName, String hostName, WriteConditions conditions) {
        ServiceEntity service = service(edit.siteId(), serviceName);
        BackendEntity backend = stored(service, hosts.known(edit.siteId(), hostName));
        conditions.check("backend " + serviceName + "/" + hostName, backend.revision());
        serving.leaves(edit, service, backend);
        repository.delete(backend);
        service.stateChanges(edit.next());
        serving.renew(edit, service);
        repository.flush();
        edit.removed(Kind.BACKEND, serviceName + "/" + hostName);
        companions.forEach(one -> one.tableChanges(edit, service.known()));
    }

    /// Takes over what automation found, as part of an edit: a revision comes of it when that
    /// changes who serves.
    public void found(Edit edit, List<Finding> findings) {
        Map<Long, List<BackendEntity>> touched = new HashMap<>();
        for (Finding finding : findings) {
            repository
                    .findById(finding.backend())
                    .ifPresent(backend -> {
                        backend.isFound(finding.health());
                        touched.computeIfAbsent(backend.serviceId(), _ -> new ArrayList<>())
                                .add(backend);
                    });
        }
        for (ServiceEntity service : services.findAllById(touched.keySet())) {
            touched.getOrDefault(service.id(), List.of())
                    .forEach(backend -> serving.stands(edit, service, backend));
            serving.renew(edit, service);
        }
        repository.flush();
    }

    void deleteAll(Edit edit, ServiceEntity service) {
        for (BackendRepository.Member member :
                repository.members(service.id(), "", null, Limit.unlimited())) {
            repository.delete(member.backend());
            edit.removed(Kind.BACKEND, service.name() + "/" + member.host());
        }
        repository.flush();
    }

    /// @throws Refusal (409) when a backend of the service could not be reached from such a VIP
    void requireReach(Edit edit, ServiceEntity service, Family vip) {
        Reach reach = underlay.reach(edit);
        hosts.known(repository.hosts(service.id())).forEach(host -> reach.require(vip, host));
    }

    private BackendEntity joining(Edit edit, ServiceEntity service, KnownHost host) {
        Family vip = vips.known(service.vipId()).address().family();
        underlay.reach(edit).require(vip, host);
        if (serving.count(edit, service) >= BACKENDS_MAX) {
            throw Refusal.conflict(
                    "service %s has %d backends already, one for each slot of the kernel's table"
                            .formatted(service.name(), BACKENDS_MAX));
        }
        BackendEntity joining = new BackendEntity(service, host.id(), edit.takeOrdinal());
        joining.isFound(serving.ofNew(service));
        return joining;
    }

    private ServiceEntity service(long siteId, String name) {
        return services.findBySiteIdAndName(siteId, name)
                .orElseThrow(() -> Refusal.notFound("service " + name));
    }

    private BackendEntity stored(ServiceEntity service, KnownHost host) {
        return repository
                .findByServiceIdAndHostId(service.id(), host.id())
                .orElseThrow(
                        () -> Refusal.notFound("backend " + service.name() + "/" + host.name()));
    }
}
