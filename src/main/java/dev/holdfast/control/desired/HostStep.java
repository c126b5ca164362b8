package dev.holdfast.control.desired;

import dev.holdfast.control.desired.HostShare.Touch;
import dev.holdfast.control.revision.Kind;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.HostAddress;
import dev.holdfast.wire.ServiceState;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pcollections.PMap;

/// Works out for one step of a site which hosts it concerns, and what of it.
///
/// Without second chance a host need not know of other backends or of weights, so most changes of a
/// service concern none.
final class HostStep {

    private final HostShares known;
    private final Catalog before;
    private final Catalog after;
    private final Rows rows;
    private final Map<String, Touch> touches = new HashMap<>();
    private final Set<String> begun = new HashSet<>();
    private PMap<String, HostShare> byHost;
    private PMap<String, Chances> chances;

    HostStep(HostShares known, Catalog before, Catalog after, Rows rows) {
        this.known = known;
        this.byHost = known.byHost();
        this.chances = known.chances();
        this.before = before;
        this.after = after;
        this.rows = rows;
    }

    HostShares take() {
        rows.gone().forEach(gone -> hostGone(gone.key()));
        rows.hosts().forEach(this::hostChanged);
        rows.gone().stream()
                .map(Rows.Gone::key)
                .filter(key -> key.kind() == Kind.SERVICE)
                .forEach(key -> {
                    chances = chances.minus(key.name());
                    serviceChanged(key.name());
                });
        rows.services().forEach(service -> chancesChange(service.name()));
        rows.services().forEach(service -> serviceChanged(service.name()));
        settingsChanged();
        if (!rows.meant().isEmpty()) {
            byHost.keySet().forEach(this::touch); // one of them may wait for that word
        }
        Set<String> touched = new HashSet<>(touches.keySet());
        touches.forEach(this::note);
        return new HostShares(byHost, chances, touched);
    }

    private void chancesChange(String service) {
        Chances now = rows.chances().get(service);
        chances = now == null ? chances.minus(service) : chances.plus(service, now);
    }

    private void hostGone(Key key) {
        if (key.kind() == Kind.HOST) {
            byHost = byHost.minus(key.name());
            touch(key.name());
        }
    }

    private void hostChanged(Known<HostAddress> host) {
        touch(host.name());
        if (!byHost.containsKey(host.name())) {
            long revision = rows.head().revision();
            byHost = byHost.plus(host.name(), HostShare.from(revision, mss(host, Set.of())));
            begun.add(host.name());
        }
    }

    private void serviceChanged(String name) {
        ServiceState was = value(before.services().find(name));
        ServiceState is = value(after.services().find(name));
        Set<String> had = hostsOf(was);
        Set<String> has = hostsOf(is);
        had.removeAll(begun);
        Set<String> vips = new HashSet<>();
        if (was != null) {
            vips.add(was.vip().name());
        }
        if (is != null) {
            vips.add(is.vip().name());
        }
        boolean same =
                lookAlike(was, is)
                        && known.chancesOf(name).areLike(chances.getOrDefault(name, Chances.NONE));
        for (String host : has) {
            if (!same || !had.contains(host)) {
                touches.compute(host, (_, touch) -> orNew(touch).ofService(name, vips));
                byHost = byHost.plus(host, share(host).with(name));
            }
        }
        had.removeAll(has);
        for (String host : had) {
            if (byHost.containsKey(host)) {
                touches.compute(host, (_, touch) -> orNew(touch).ofService(name, vips));
                byHost = byHost.plus(host, share(host).without(name));
            }
        }
    }

    /// Whether a host that carries the service sees no difference.
    private static boolean lookAlike(@Nullable ServiceState was, @Nullable ServiceState is) {
        return was != null
                && is != null
                && was.vip().equals(is.vip())
                && was.ports().equals(is.ports());
    }

    private void settingsChanged() {
        Known<SitePart> now = rows.site();
        if (now == null) {
            return;
        }
        SitePart was = before.site().value();
        if (!now.value().encapsulation().equals(was.encapsulation())
                || !now.value().accepts().equals(was.accepts())
                || now.value().underlayMtu() != was.underlayMtu()) {
            for (String host : byHost.keySet()) {
                touches.compute(host, (_, touch) -> orNew(touch).ofSettings());
            }
        }
        if (now.value().cliffPercent() != was.cliffPercent()) {
            byHost.keySet().forEach(this::touch);
        }
    }

    private void note(String host, Touch touch) {
        Known<HostAddress> known = after.hosts().find(host);
        if (known != null) {
            HostShare share = share(host);
            byHost = byHost.plus(host, share.after(touch, mss(known, share.services())));
        }
    }

    private int mss(Known<HostAddress> host, Set<String> services) {
        Family underlay = host.value().address().family();
        List<Family> vips =
                services.stream()
                        .map(name -> Objects.requireNonNull(after.services().find(name)))
                        .map(service -> service.value().vip().address().family())
                        .toList();
        // Connections that begin now must outlive the change to what is accepted.
        SitePart site = after.site().value();
        return site.accepted().stream()
                .map(one -> Objects.requireNonNull(one.kind()))
                .mapToInt(kind -> Mss.of(site.underlayMtu(), kind, underlay, vips))
                .min()
                .orElseThrow();
    }

    private void touch(String host) {
        touches.compute(host, (_, touch) -> orNew(touch));
    }

    private Touch orNew(@Nullable Touch touch) {
        return touch == null ? Touch.at(rows.head().revision()) : touch;
    }

    /// A foreign key keeps every destination's host there.
    private HostShare share(String host) {
        return Objects.requireNonNull(byHost.get(host));
    }

    private static @Nullable ServiceState value(@Nullable Known<ServiceState> known) {
        return known == null ? null : known.value();
    }

    private static Set<String> hostsOf(@Nullable ServiceState service) {
        Set<String> hosts = new HashSet<>();
        if (service != null) {
            for (Destination destination : service.destinations()) {
                if (destination.host() != null) {
                    hosts.add(destination.host());
                }
            }
        }
        return hosts;
    }
}
