package dev.holdfast.control.desired;

import dev.holdfast.control.revision.Kind;
import dev.holdfast.wire.Digest;
import dev.holdfast.wire.HostAddress;
import dev.holdfast.wire.NodePart;
import dev.holdfast.wire.ServiceState;
import org.jspecify.annotations.Nullable;

/// All that the load balancers of a site need to know, at one revision.
record Catalog(
        Known<SitePart> site,
        Shelf<NodePart> nodes,
        Shelf<HostAddress> hosts,
        Shelf<ServiceState> services) {

    static Catalog of(Known<SitePart> site) {
        return new Catalog(site, Shelf.empty(), Shelf.empty(), Shelf.empty());
    }

    /// Of the state that each load balancer has at this revision.
    Digest digest() {
        return site.piece()
                .hash()
                .plus(nodes.digest())
                .plus(hosts.digest())
                .plus(services.digest());
    }

    boolean has(Key key) {
        return switch (key.kind()) {
            case SITE -> true;
            case NODE -> nodes.find(key.name()) != null;
            case HOST -> hosts.find(key.name()) != null;
            case SERVICE -> services.find(key.name()) != null;
            case VIP, BACKEND, MIGRATION -> false; // told as parts of services
        };
    }

    Catalog minus(Key gone) {
        return new Catalog(
                site,
                gone.kind() == Kind.NODE ? nodes.minus(gone.name()) : nodes,
                gone.kind() == Kind.HOST ? hosts.minus(gone.name()) : hosts,
                gone.kind() == Kind.SERVICE ? services.minus(gone.name()) : services);
    }

    Catalog plus(Rows rows) {
        Shelf<NodePart> moreNodes = nodes;
        for (Known<NodePart> node : rows.nodes()) {
            moreNodes = moreNodes.plus(node);
        }
        Shelf<HostAddress> moreHosts = hosts;
        for (Known<HostAddress> host : rows.hosts()) {
            moreHosts = moreHosts.plus(host);
        }
        Shelf<ServiceState> moreServices = services;
        for (Known<ServiceState> service : rows.services()) {
            moreServices = moreServices.plus(service);
        }
        @Nullable Known<SitePart> changed = rows.site();
        return new Catalog(changed == null ? site : changed, moreNodes, moreHosts, moreServices);
    }
}
