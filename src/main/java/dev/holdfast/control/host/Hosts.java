package dev.holdfast.control.host;

import dev.holdfast.control.access.AgentRole;
import dev.holdfast.control.access.AgentTokens;
import dev.holdfast.control.database.Where;
import dev.holdfast.control.observed.Observations;
import dev.holdfast.control.problem.Faults;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Kind;
import dev.holdfast.control.revision.Lineage;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import dev.holdfast.control.site.MachineAddresses;
import dev.holdfast.control.site.SiteSettings;
import dev.holdfast.control.site.Sites;
import dev.holdfast.control.web.Page;
import dev.holdfast.control.web.Written;
import dev.holdfast.wire.Host;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Items;
import dev.holdfast.wire.Token;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/// Makes, changes and removes hosts, and hands out their agents' tokens.
@Service
public class Hosts {

    private final HostRepository repository;
    private final Revisions revisions;
    private final Sites sites;
    private final MachineAddresses machines;
    private final TunnelAddresses tunnels;
    private final AgentTokens tokens;
    private final Observations observations;
    private final List<HostUsers> users;

    Hosts(
            HostRepository repository,
            Revisions revisions,
            Sites sites,
            MachineAddresses machines,
            TunnelAddresses tunnels,
            AgentTokens tokens,
            Observations observations,
            List<HostUsers> users) {
        this.repository = repository;
        this.revisions = revisions;
        this.sites = sites;
        this.machines = machines;
        this.tunnels = tunnels;
        this.tokens = tokens;
        this.observations = observations;
        this.users = users;
    }

    /// @throws Refusal (404) when there is no such host
    public KnownHost known(long siteId, String name) {
        return stored(siteId, name).known();
    }

    /// The hosts that another table points at.
    public List<KnownHost> known(List<Long> ids) {
        return repository.findAllById(ids).stream().map(HostEntity::known).toList();
    }

    @Transactional(readOnly = true)
    Host get(String site, String name) {
        Lineage lineage = revisions.of(site);
        Host host = stored(lineage.id(), name).shown();
        return new Host(
                host.name(),
                host.address(),
                host.tunnelAddresses(),
                observations.host(lineage, name).orElse(null),
                host.revision());
    }

    @Transactional(readOnly = true)
    public Items<Host> list(String site, Page page, @Nullable IpAddress address) {
        return page.cut(
                Where.<HostEntity>of("siteId", revisions.of(site).id())
                        .equal("address", address)
                        .first(page.limit() + 1, "name", page.after(), repository),
                HostEntity::name,
                HostEntity::shown);
    }

    /// Creates or replaces a host, as part of an edit.
    public Written<Host> put(Edit edit, String name, Host body, WriteConditions conditions) {
        Optional<HostEntity> known = repository.findBySiteIdAndName(edit.siteId(), name);
        conditions.check("host " + name, known.map(HostEntity::revision).orElse(null));
        SiteSettings settings = sites.settings(edit);
        IpAddress address = address(settings, name, body);
        if (known.isPresent() && known.get().address().equals(address)) {
            return new Written<>(known.get().shown(), known.get().revision(), false);
        }
        machines.refuseIfTaken(edit, "host " + name, address);
        HostEntity host =
                known.isPresent()
                        ? known.get()
                        : new HostEntity(edit.siteId(), name, address, edit.next());
        host.move(address, edit.next());
        tunnels.fit(edit, settings, host);
        repository.saveAndFlush(host);
        users.forEach(user -> user.hostMoves(edit, host.known()));
        edit.changed(Kind.HOST, name, host.shown());
        return new Written<>(host.shown(), edit.next(), known.isEmpty());
    }

    /// Removes a host and its agent's token, as part of an edit.
    public void delete(Edit edit, String name, WriteConditions conditions) {
        HostEntity host = stored(edit.siteId(), name);
        conditions.check("host " + name, host.revision());
        for (HostUsers user : users) {
            user.uses(host.known())
                    .ifPresent(uses -> {
                        throw Refusal.conflict(
                                "host "
                                        + name
                                        + " is a backend of "
                                        + uses
                                        + ": take it out there first");
                    });
        }
        tokens.withdraw(edit.siteId(), AgentRole.HOST, name);
        repository.delete(host);
        repository.flush();
        edit.removed(Kind.HOST, name);
    }

    /// A new token for a host's agent; the one before it stops.
    Token newToken(String site, String name) {
        return revisions.advance(
                site,
                WriteConditions.NONE,
                edit -> {
                    stored(edit.siteId(), name);
                    return new Token(tokens.issue(edit.siteId(), AgentRole.HOST, name));
                });
    }

    private IpAddress address(SiteSettings settings, String name, Host body) {
        Faults faults = new Faults();
        faults.sameName(name, body.name());
        machines.check(settings, body.address(), faults);
        faults.refuseIfAny();
        return Objects.requireNonNull(body.address());
    }

    private HostEntity stored(long siteId, String name) {
        return repository
                .findBySiteIdAndName(siteId, name)
                .orElseThrow(() -> Refusal.notFound("host " + name));
    }
}
