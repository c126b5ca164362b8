package dev.holdfast.client;

import dev.holdfast.wire.Site;
import java.net.URI;
import java.time.Duration;
import java.util.List;

/// A control plane, reached at one or more URLs. Start here.
public final class ControlPlane {

    private final Exchange exchange;

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// A control plane with the usual patience.
    ///
    /// @param servers such as `https://lb-control:8080`, in order of preference
    public ControlPlane(List<URI> servers, Credentials credentials) {
        this(servers, credentials, PATIENCE);
    }

    /// A control plane that is given up on after a while.
    ///
    /// @param patience for each whole answer, beyond the time it may be parked
    public ControlPlane(List<URI> servers, Credentials credentials, Duration patience) {
        this.exchange = new Exchange(servers, credentials, patience);
    }

    public Resources<Site> sites() {
        return new Resources<>(exchange, "/api/v1/sites", Site.class);
    }

    public SiteResources site(String site) {
        return new SiteResources(exchange, site);
    }

    /// What a load balancer asks and tells.
    public AgentLink node(String site, String node) {
        return AgentLink.of(exchange, site, "nodes", node);
    }

    /// What a backend host asks and tells.
    public AgentLink host(String site, String host) {
        return AgentLink.of(exchange, site, "hosts", host);
    }
}
