package dev.holdfast.agent.watch;

import dev.holdfast.client.UnreadableException;
import dev.holdfast.client.WireJson;
import dev.holdfast.wire.Digest;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.HostPart;
import dev.holdfast.wire.HostService;
import dev.holdfast.wire.Removed;
import dev.holdfast.wire.VipAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What a backend host should be.
public final class HostDesired implements DesiredState {

    private final Head head;
    private final Held<HostPart> host;
    private final SiteParts siteParts;
    private final Encapsulation encapsulation;
    private final List<Encapsulation> accepts;
    private final int mss;
    private final Listing<VipAddress> vips;
    private final Listing<HostService> services;

    private HostDesired(
            Map<String, byte[]> fields,
            Head head,
            SiteParts siteParts,
            Listing<VipAddress> vips,
            Listing<HostService> services)
            throws UnreadableException {
        this.head = head;
        byte[] own = Whole.given(fields.get("host"), "state", "host");
        HostPart part = WireJson.read(own, HostPart.class);
        this.host = Held.of("host", Whole.host(part), part, own);
        this.siteParts = siteParts;
        this.encapsulation = siteParts.read("encapsulation", Encapsulation.class);
        this.accepts = siteParts.list("accepts", Encapsulation.class);
        this.mss = siteParts.read("mss", Integer.class);
        this.vips = vips;
        this.services = services;
    }

    private HostDesired(
            HostDesired other, Head head, Listing<VipAddress> vips, Listing<HostService> services) {
        this.head = head;
        this.host = other.host;
        this.siteParts = other.siteParts;
        this.encapsulation = other.encapsulation;
        this.accepts = other.accepts;
        this.mss = other.mss;
        this.vips = vips;
        this.services = services;
    }

    /// Reads a full state.
    static HostDesired full(byte[] json) throws UnreadableException {
        return merged(
                json,
                SiteParts.of("encapsulation", "accepts", "mss"),
                Listing.empty("vip", VipAddress.class, Whole::vip),
                Listing.empty("service", HostService.class, Whole::hostService));
    }

    @Override
    public HostDesired merge(byte[] json) throws UnreadableException {
        return Head.of(json).full() ? full(json) : merged(json, siteParts, vips, services);
    }

    private static HostDesired merged(
            byte[] json,
            SiteParts siteParts,
            Listing<VipAddress> vips,
            Listing<HostService> services)
            throws UnreadableException {
        Map<String, byte[]> fields = WireJson.fields(json);
        Removed removed = Document.removed(fields);
        return new HostDesired(
                fields,
                Head.of(json),
                siteParts.merge(fields),
                vips.merge(fields.get("vips"), removed.vips()),
                services.merge(fields.get("services"), removed.services()));
    }

    @Override
    public DesiredState after(DesiredState overtaken) {
        boolean carriedOn =
                overtaken instanceof HostDesired before
                        && before.meant()
                        && before.epoch().equals(epoch());
        return carriedOn ? new HostDesired(this, head.asMeant(), vips, services) : this;
    }

    /// New services and their VIPs: load balancers that did not refuse send to them. What is here
    /// stays as it is, for those that did.
    @Override
    public HostDesired with(DesiredState refused) {
        if (!(refused instanceof HostDesired more)) {
            return this;
        }
        Listing<VipAddress> allVips = vips.with(more.vips);
        Listing<HostService> allServices = services.with(more.services);
        Digest all = siteParts.digest().plus(allVips.digest()).plus(allServices.digest());
        return all.equals(digest())
                ? this
                : new HostDesired(this, head.at(all), allVips, allServices);
    }

    @Override
    public @Nullable Integer cliffPercent() {
        return host().cliffPercent();
    }

    @Override
    public byte[] toJson() {
        Document document = Document.full(head).raw("host", host.json());
        siteParts.write(document);
        vips.write(document, "vips");
        services.write(document, "services");
        return document.finish();
    }

    @Override
    public byte @Nullable [] since(DesiredState before) {
        if (!(before instanceof HostDesired from)
                || !from.epoch().equals(epoch())
                || !from.siteParts.digest().equals(siteParts.digest())) {
            return null;
        }
        Document document = Document.delta(head).raw("host", host.json());
        List<String> noVips = vips.writeChanges(document, "vips", from.vips);
        List<String> noServices = services.writeChanges(document, "services", from.services);
        return document.value("removed", new Removed(noServices, null, null, noVips)).finish();
    }

    @Override
    public Digest digest() {
        return siteParts.digest().plus(vips.digest()).plus(services.digest());
    }

    @Override
    public Head head() {
        return head;
    }

    @Override
    public String name() {
        return host.value().name();
    }

    public HostPart host() {
        return host.value();
    }

    public Encapsulation encapsulation() {
        return encapsulation;
    }

    /// What packets may come in: the encapsulation, then the others, each once.
    public Set<Encapsulation> accepted() {
        Set<Encapsulation> all = new LinkedHashSet<>(List.of(encapsulation));
        all.addAll(accepts);
        return all;
    }

    /// The largest TCP segment that a client may send here, in bytes.
    public int mss() {
        return mss;
    }

    public Listing<VipAddress> vips() {
        return vips;
    }

    public Listing<HostService> services() {
        return services;
    }
}
