package dev.holdfast.control.node;

import dev.holdfast.control.problem.Few;
import dev.holdfast.control.site.MachineAddresses;
import dev.holdfast.control.site.SiteChange;
import dev.holdfast.control.site.SiteTenants;
import dev.holdfast.wire.IpAddress;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/// Speaks for the nodes when their site changes or ends.
@Component
class NodesOfSite implements SiteTenants {

    private final NodeRepository repository;

    NodesOfSite(NodeRepository repository) {
        this.repository = repository;
    }

    @Override
    public Optional<String> uses(long siteId) {
        return Few.of(
                "node",
                repository.findBySiteIdOrderByName(siteId).stream().map(NodeEntity::name).toList());
    }

    @Override
    public void siteChanges(SiteChange change) {
        MachineAddresses.refuseIfSwallowed(
                change.after(),
                "node",
                repository.findBySiteIdOrderByName(change.edit().siteId()).stream()
                        .collect(Collectors.toMap(NodeEntity::name, NodeEntity::address)));
    }

    @Override
    public Optional<String> holder(long siteId, IpAddress address) {
        return repository
                .findBySiteIdAndAddress(siteId, address)
                .map(holder -> "node " + holder.name());
    }
}
