package dev.holdfast.agent.watch;

import dev.holdfast.client.UnreadableException;
import dev.holdfast.client.WireJson;
import dev.holdfast.wire.Digest;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.HostAddress;
import dev.holdfast.wire.NodeAddress;
import dev.holdfast.wire.NodePart;
import dev.holdfast.wire.Prefix;
import dev.holdfast.wire.Removed;
import dev.holdfast.wire.ServiceState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What a load balancer should be.
public final class NodeDesired implements DesiredState {

    private final Head head;
    private final Held<NodePart> node;
    private final SiteParts siteParts;
    private final Encapsulation encapsulation;
    private final List<Prefix> vipRanges;
    private final Listing<NodeAddress> nodes;
    private final Listing<HostAddress> hosts;
    private final Listing<ServiceState> services;

    private NodeDesired(
            Map<String, byte[]> fields,
            Head head,
            SiteParts siteParts,
            Listing<NodeAddress> nodes,
            Listing<HostAddress> hosts,
            Listing<ServiceState> services)
            throws UnreadableException {
        this.head = head;
        byte[] own = Whole.given(fields.get("node"), "state", "node");
        NodePart part = WireJson.read(own, NodePart.class);
        this.node = Held.of("node", Whole.given(part.name(), "node", "name"), part, own);
        Whole.given(part.address(), "node", "address");
        this.siteParts = siteParts;
        this.encapsulation = siteParts.read("encapsulation", Encapsulation.class);
        this.vipRanges = List.of(siteParts.read("vipRanges", Prefix[].class));
        this.nodes = nodes;
        this.hosts = hosts;
        this.services = services;
    }

    private NodeDesired(NodeDesired other, Head head) {
        this.head = head;
        this.node = other.node;
        this.siteParts = other.siteParts;
        this.encapsulation = other.encapsulation;
        this.vipRanges = other.vipRanges;
        this.nodes = other.nodes;
        this.hosts = other.hosts;
        this.services = other.services;
    }

    /// Reads a full state.
    static NodeDesired full(byte[] json) throws UnreadableException {
        return merged(
                json,
                SiteParts.of("encapsulation", "vipRanges"),
                Listing.empty("node", NodeAddress.class, Whole::node),
                Listing.empty("host", HostAddress.class, Whole::host),
                Listing.empty("service", ServiceState.class, Whole::service));
    }

    @Override
    public NodeDesired merge(byte[] json) throws UnreadableException {
        return Head.of(json).full() ? full(json) : merged(json, siteParts, nodes, hosts, services);
    }

    private static NodeDesired merged(
            byte[] json,
            SiteParts siteParts,
            Listing<NodeAddress> nodes,
            Listing<HostAddress> hosts,
            Listing<ServiceState> services)
            throws UnreadableException {
        Map<String, byte[]> fields = WireJson.fields(json);
        Removed removed = Document.removed(fields);
        return new NodeDesired(
                fields,
                Head.of(json),
                siteParts.merge(fields),
                nodes.merge(fields.get("nodes"), removed.nodes()),
                hosts.merge(fields.get("hosts"), removed.hosts()),
                services.merge(fields.get("services"), removed.services()));
    }

    @Override
    public DesiredState after(DesiredState overtaken) {
        boolean carriedOn =
                overtaken instanceof NodeDesired before
                        && before.meant()
                        && before.epoch().equals(epoch());
        return carriedOn ? new NodeDesired(this, head.asMeant()) : this;
    }

    /// Nothing: two load balancers with parts of two revisions would hold tables of their own.
    @Override
    public NodeDesired with(DesiredState refused) {
        return this;
    }

    @Override
    public @Nullable Integer cliffPercent() {
        return node().cliffPercent();
    }

    @Override
    public byte[] toJson() {
        Document document = Document.full(head).raw("node", node.json());
        siteParts.write(document);
        nodes.write(document, "nodes");
        hosts.write(document, "hosts");
        services.write(document, "services");
        return document.finish();
    }

    @Override
    public byte @Nullable [] since(DesiredState before) {
        if (!(before instanceof NodeDesired from)
                || !from.epoch().equals(epoch())
                || !from.siteParts.digest().equals(siteParts.digest())) {
            return null;
        }
        Document document = Document.delta(head).raw("node", node.json());
        List<String> noNodes = nodes.writeChanges(document, "nodes", from.nodes);
        List<String> noHosts = hosts.writeChanges(document, "hosts", from.hosts);
        List<String> noServices = services.writeChanges(document, "services", from.services);
        return document.value("removed", new Removed(noServices, noHosts, noNodes, null)).finish();
    }

    @Override
    public Digest digest() {
        return siteParts.digest().plus(nodes.digest()).plus(hosts.digest()).plus(services.digest());
    }

    @Override
    public Head head() {
        return head;
    }

    @Override
    public String name() {
        return node.value().name();
    }

    public NodePart node() {
        return node.value();
    }

    public Encapsulation encapsulation() {
        return encapsulation;
    }

    public List<Prefix> vipRanges() {
        return vipRanges;
    }

    public Listing<NodeAddress> nodes() {
        return nodes;
    }

    public Listing<HostAddress> hosts() {
        return hosts;
    }

    public Listing<ServiceState> services() {
        return services;
    }
}
