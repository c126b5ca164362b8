package dev.holdfast.control.desired;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.holdfast.control.site.SiteSettings;
import dev.holdfast.wire.NodePart;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/// Tells load balancers what to be. All that have the same revision get the same bytes, made once;
/// only the node's own part is joined to them.
@Component
class NodeStates implements Receiver {

    private static final long CACHE_BYTES = 64L << 20;
    private static final Duration CACHE_TIME = Duration.ofMinutes(1);

    private record Shared(UUID epoch, long revision, long after, Verdict verdict, boolean meant) {}

    private final Cache<Shared, byte[]> shared =
            Caffeine.newBuilder()
                    .maximumWeight(CACHE_BYTES)
                    .expireAfterAccess(CACHE_TIME)
                    .<Shared, byte[]>weigher((_, bytes) -> bytes.length)
                    .build();
    private final Pieces pieces;

    NodeStates(Pieces pieces) {
        this.pieces = pieces;
    }

    @Override
    public String word() {
        return "node";
    }

    @Override
    public Verdict judge(@Nullable SiteView view, String name, Question question) {
        if (view == null || view.catalog().nodes().find(name) == null) {
            return Verdict.UNKNOWN;
        }
        Verdict verdict = Verdict.of(question, view, view.trail().oldest());
        return verdict != Verdict.RESET && question.after() == view.revision()
                ? Verdict.NOTHING_NEW
                : verdict;
    }

    @Override
    public byte[] tell(SiteView view, String name, Question question, Verdict verdict) {
        long after = verdict == Verdict.DELTA ? question.after() : 0;
        Shared key =
                new Shared(
                        view.head().epoch(),
                        view.revision(),
                        after,
                        verdict,
                        view.isMeant(question, verdict));
        byte[] body = Objects.requireNonNull(shared.get(key, _ -> write(view, key)));
        byte[] own = own(view, name);
        byte[] whole = new byte[body.length + own.length];
        System.arraycopy(body, 0, whole, 0, body.length);
        System.arraycopy(own, 0, whole, body.length, own.length);
        return whole;
    }

    private byte[] own(SiteView view, String name) {
        NodePart node = Objects.requireNonNull(view.catalog().nodes().find(name)).value();
        SitePart site = view.catalog().site().value();
        NodePart told =
                new NodePart(
                        node.name(),
                        node.address(),
                        node.maintenance(),
                        site.cliffPercent(),
                        site.underlayMtu() == SiteSettings.UNDERLAY_MTU
                                ? null
                                : Integer.valueOf(site.underlayMtu()));
        String own = ",\"node\":" + new String(pieces.json(told), UTF_8) + "}";
        return own.getBytes(UTF_8);
    }

    private static byte[] write(SiteView view, Shared key) {
        StateWriter writer =
                new StateWriter(view, key.verdict())
                        .field("meant", String.valueOf(key.meant()))
                        .field("digest", "\"" + view.digest() + "\"");
        return key.verdict() == Verdict.DELTA
                ? delta(writer, view, key.after())
                : full(writer, view.catalog());
    }

    private static byte[] full(StateWriter writer, Catalog catalog) {
        return writer.members(catalog.site().piece())
                .list("nodes", pieces(catalog.nodes()))
                .list("hosts", pieces(catalog.hosts()))
                .list("services", pieces(catalog.services()))
                .unclosed();
    }

    private static <T> List<Piece> pieces(Shelf<T> shelf) {
        return shelf.byName().values().stream().map(Known::piece).toList();
    }

    private static byte[] delta(StateWriter writer, SiteView view, long after) {
        Changes nodes = new Changes();
        Changes hosts = new Changes();
        Changes services = new Changes();
        Catalog catalog = view.catalog();
        for (Key key : view.trail().since(after)) {
            switch (key.kind()) {
                case SITE -> writer.members(catalog.site().piece());
                case NODE -> nodes.add(key.name(), catalog.nodes().find(key.name()));
                case HOST -> hosts.add(key.name(), catalog.hosts().find(key.name()));
                case SERVICE -> services.add(key.name(), catalog.services().find(key.name()));
                case VIP, BACKEND, MIGRATION ->
                        throw new IllegalStateException(key + " in a trail");
            }
        }
        Map<String, List<String>> removed = new LinkedHashMap<>();
        removed.put("services", services.gone);
        removed.put("hosts", hosts.gone);
        removed.put("nodes", nodes.gone);
        return writer.listUnlessEmpty("nodes", nodes.there.values())
                .listUnlessEmpty("hosts", hosts.there.values())
                .listUnlessEmpty("services", services.there.values())
                .removed(removed)
                .unclosed();
    }

    /// Of one kind: what is there now, by name, and the names of what is not.
    private static final class Changes {

        private final TreeMap<String, Piece> there = new TreeMap<>();
        private final List<String> gone = new ArrayList<>();

        void add(String name, @Nullable Known<?> known) {
            if (known == null) {
                gone.add(name);
            } else {
                there.put(name, known.piece());
            }
        }
    }
}
