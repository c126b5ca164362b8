package dev.holdfast.control.host;

import dev.holdfast.control.problem.Few;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Kind;
import dev.holdfast.control.site.MachineAddresses;
import dev.holdfast.control.site.SiteChange;
import dev.holdfast.control.site.SiteSettings;
import dev.holdfast.control.site.SiteTenants;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/// Speaks for the hosts when their site changes or ends. First of all tenants: those who need hosts
/// look at their new tunnel addresses.
@Component
@Order(Ordered.HIGHEST_PRECEDENCE)
class HostsOfSite implements SiteTenants {

    private final HostRepository repository;
    private final TunnelAddresses tunnels;
    private final List<HostUsers> users;

    HostsOfSite(HostRepository repository, TunnelAddresses tunnels, List<HostUsers> users) {
        this.repository = repository;
        this.tunnels = tunnels;
        this.users = users;
    }

    @Override
    public Optional<String> uses(long siteId) {
        return Few.of("host", names(repository.findBySiteIdOrderByName(siteId)));
    }

    @Override
    public void siteChanges(SiteChange change) {
        List<HostEntity> hosts = repository.findBySiteIdOrderByName(change.edit().siteId());
        MachineAddresses.refuseIfSwallowed(
                change.after(),
                "host",
                hosts.stream().collect(Collectors.toMap(HostEntity::name, HostEntity::address)));
        if (change.before().tunnelRanges().equals(change.after().tunnelRanges())) {
            return;
        }
        List<HostEntity> losing =
                hosts.stream().filter(host -> losesTunnel(change.after(), host)).toList();
        // Without FOU nothing runs through the tunnel addresses, so they can be given up.
        if (change.before().kind() == Encapsulation.Kind.FOU
                && change.after().kind() == Encapsulation.Kind.FOU) {
            Few.of("host", names(losing))
                    .ifPresent(inUse -> {
                        throw Refusal.conflict(
                                "tunnelRanges would no longer hold the tunnel address of "
                                        + inUse
                                        + ": delete those first, or change the encapsulation");
                    });
        }
        // All are given up before any is given out, so that a range can move onto another's place.
        losing.forEach(host -> giveUp(change.edit(), change.after(), host));
        repository.flush();
        hosts.forEach(host -> fit(change.edit(), change.after(), host));
    }

    @Override
    public Optional<String> holder(long siteId, IpAddress address) {
        return repository
                .findBySiteIdAndAddress(siteId, address)
                .map(holder -> "host " + holder.name());
    }

    private static boolean losesTunnel(SiteSettings after, HostEntity host) {
        return Arrays.stream(Family.values())
                .anyMatch(family ->
                        host.tunnel(family) != null
                                && !TunnelAddresses.isIn(
                                        after.tunnelRanges(family), host.tunnel(family)));
    }

    private static void giveUp(Edit edit, SiteSettings after, HostEntity host) {
        for (Family family : Family.values()) {
            if (!TunnelAddresses.isIn(after.tunnelRanges(family), host.tunnel(family))) {
                host.tunnel(family, null, edit.next());
            }
        }
    }

    private void fit(Edit edit, SiteSettings after, HostEntity host) {
        tunnels.fit(edit, after, host);
        if (host.revision() == edit.next()) {
            repository.saveAndFlush(host);
            users.forEach(user -> user.hostMoves(edit, host.known()));
            edit.changed(Kind.HOST, host.name(), host.shown());
        }
    }

    private static List<String> names(List<HostEntity> hosts) {
        return hosts.stream().map(HostEntity::name).toList();
    }
}
