package dev.holdfast.control.desired;

import dev.holdfast.control.desired.HostShare.Touch;
import dev.holdfast.wire.Digest;
import dev.holdfast.wire.HostAddress;
import dev.holdfast.wire.HostPart;
import dev.holdfast.wire.HostService;
import dev.holdfast.wire.ServiceState;
import dev.holdfast.wire.VipAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Tells backend hosts what to be: their own services and VIPs, and how packets reach them.
@Component
class HostStates implements Receiver {

    private final Pieces pieces;

    HostStates(Pieces pieces) {
        this.pieces = pieces;
    }

    @Override
    public String word() {
        return "host";
    }

    @Override
    public Verdict judge(@Nullable SiteView view, String name, Question question) {
        HostShare share = view == null ? null : view.shares().byHost().get(name);
        if (view == null || share == null) {
            return Verdict.UNKNOWN;
        }
        Verdict verdict = Verdict.of(question, view, share.oldest());
        return verdict == Verdict.DELTA && !share.changedSince(question.after())
                ? Verdict.NOTHING_NEW
                : verdict;
    }

    @Override
    public byte[] tell(SiteView view, String name, Question question, Verdict verdict) {
        HostShare share = Objects.requireNonNull(view.shares().byHost().get(name));
        Whole whole = whole(view, name, share);
        StateWriter writer =
                new StateWriter(view, verdict)
                        .field("meant", String.valueOf(view.isMeant(question, verdict)))
                        .field("digest", "\"" + whole.digest() + "\"")
                        .field("host", own(view, name));
        return verdict == Verdict.DELTA
                ? delta(writer, whole, share.since(question.after()))
                : writer.members(whole.settings)
                        .list("vips", whole.vips.values())
                        .list("services", whole.services.values())
                        .closed();
    }

    private byte[] own(SiteView view, String name) {
        HostAddress host = Objects.requireNonNull(view.catalog().hosts().find(name)).value();
        return pieces.json(
                new HostPart(
                        host.name(),
                        host.address(),
                        host.tunnelAddresses(),
                        view.catalog().site().value().cliffPercent()));
    }

    private static byte[] delta(StateWriter writer, Whole whole, Touch since) {
        if (since.settings()) {
            writer.members(whole.settings);
            if (whole.noMoreAccepts) {
                writer.field("accepts", "[]"); // what was left out would stay as it was
            }
        }
        Map<String, List<String>> removed = new LinkedHashMap<>();
        removed.put("services", gone(since.services(), whole.services));
        removed.put("vips", gone(since.vips(), whole.vips));
        return writer.listUnlessEmpty("vips", there(since.vips(), whole.vips))
                .listUnlessEmpty("services", there(since.services(), whole.services))
                .removed(removed)
                .closed();
    }

    private static Collection<Piece> there(Set<String> names, Map<String, Piece> whole) {
        Map<String, Piece> there = new TreeMap<>(whole);
        there.keySet().retainAll(names);
        return there.values();
    }

    private static List<String> gone(Set<String> names, Map<String, Piece> whole) {
        return names.stream().filter(name -> !whole.containsKey(name)).sorted().toList();
    }

    /// All that a host should be. Small, so it is put together when it is asked for.
    private record Whole(
            Piece settings,
            boolean noMoreAccepts,
            Map<String, Piece> vips,
            Map<String, Piece> services) {

        Digest digest() {
            Digest sum = settings.hash();
            for (Piece vip : vips.values()) {
                sum = sum.plus(vip.hash());
            }
            for (Piece service : services.values()) {
                sum = sum.plus(service.hash());
            }
            return sum;
        }
    }

    private Whole whole(SiteView view, String host, HostShare share) {
        Map<String, Piece> vips = new TreeMap<>();
        Map<String, Piece> services = new TreeMap<>();
        for (String name : share.services()) {
            Chances chances = view.shares().chancesOf(name);
            ServiceState service =
                    Objects.requireNonNull(view.catalog().services().find(name)).value();
            VipAddress vip = service.vip();
            vips.computeIfAbsent(vip.name(), _ -> pieces.forHost(vip));
            services.put(
                    name,
                    pieces.forHost(
                            new HostService(
                                    name,
                                    vip.name(),
                                    service.ports(),
                                    chances.of(host, service),
                                    chances.ofUdp(host, service),
                                    chances.areKept() ? true : null)));
        }
        SitePart site = view.catalog().site().value();
        Piece settings =
                pieces.forHost(
                        new Pieces.HostSettings(site.encapsulation(), site.accepts(), share.mss()));
        return new Whole(settings, site.accepts().isEmpty(), vips, services);
    }
}
