package dev.holdfast.client;

import dev.holdfast.wire.Backend;
import dev.holdfast.wire.Host;
import dev.holdfast.wire.Node;
import dev.holdfast.wire.Service;
import dev.holdfast.wire.Status;
import dev.holdfast.wire.Token;
import dev.holdfast.wire.Vip;

/// What one site holds.
public final class SiteResources {

    private final Exchange exchange;
    private final String path;

    SiteResources(Exchange exchange, String site) {
        this.exchange = exchange;
        this.path = "/api/v1/sites/" + Call.segment(site);
    }

    public Resources<Node> nodes() {
        return new Resources<>(exchange, path + "/nodes", Node.class);
    }

    public Resources<Host> hosts() {
        return new Resources<>(exchange, path + "/hosts", Host.class);
    }

    public Resources<Vip> vips() {
        return new Resources<>(exchange, path + "/vips", Vip.class);
    }

    public Resources<Service> services() {
        return new Resources<>(exchange, path + "/services", Service.class);
    }

    public Resources<Backend> backends(String service) {
        return new Resources<>(
                exchange, path + "/services/" + Call.segment(service) + "/backends", Backend.class);
    }

    /// Who runs what, and whether the tables agree.
    public Status status() throws ControlPlaneException, InterruptedException {
        return WireJson.read(
                exchange.sendAccepted(Call.get(path + "/status")).body(), Status.class);
    }

    /// A new token for a load balancer's agent; the one before it no longer works.
    public Token newNodeToken(String node) throws ControlPlaneException, InterruptedException {
        return newToken("/nodes/", node);
    }

    /// A new token for a backend host's agent; the one before it no longer works.
    public Token newHostToken(String host) throws ControlPlaneException, InterruptedException {
        return newToken("/hosts/", host);
    }

    private Token newToken(String kind, String name)
            throws ControlPlaneException, InterruptedException {
        Call call = Call.post(path + kind + Call.segment(name) + "/token", null);
        return WireJson.read(exchange.sendAccepted(call).body(), Token.class);
    }
}
