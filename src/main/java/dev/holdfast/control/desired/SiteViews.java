package dev.holdfast.control.desired;

import dev.holdfast.control.revision.Rang;
import dev.holdfast.control.revision.Revisions;
import jakarta.annotation.PreDestroy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.EventListener;
import org.springframework.stereotype.Component;

/// The views of all sites that this replica holds.
///
/// A ring only says "now" and is handed to a thread that reads, so a writer waits for nothing.
@Component
class SiteViews {

    private static final Logger LOG = LoggerFactory.getLogger(SiteViews.class);

    private final Map<String, Follower> followers = new ConcurrentHashMap<>();
    private final ExecutorService readers =
            Executors.newThreadPerTaskExecutor(Thread.ofVirtual().name("site-view-", 0).factory());
    private final AtomicReference<Follower.Audience> audience =
            new AtomicReference<>((_, _, _) -> {});
    private final SiteReader reader;
    private final Revisions revisions;

    SiteViews(SiteReader reader, Revisions revisions) {
        this.reader = reader;
        this.revisions = revisions;
    }

    /// Says who is to be told of each new view.
    void tell(Follower.Audience listener) {
        audience.set(listener);
    }

    /// The current view, or null when there is no such site as far as is known here.
    @Nullable SiteView find(String site) {
        Follower follower = followers.get(site);
        return follower == null ? null : follower.view();
    }

    /// Done when all that was committed here before this call can be found.
    CompletableFuture<@Nullable Void> settled(String site) {
        Follower follower = followers.get(site);
        return follower == null ? CompletableFuture.completedFuture(null) : follower.settled();
    }

    /// Reads a site anew.
    ///
    /// @return done when all that was committed anywhere before this call can be found
    CompletableFuture<@Nullable Void> read(String site) {
        List<CompletableFuture<@Nullable Void>> reading = new ArrayList<>(1);
        followers.compute(
                site,
                (_, known) -> {
                    Follower follower = known == null ? begin(site) : known;
                    reading.add(follower.read(readers));
                    return follower;
                });
        return reading.getFirst()
                .whenComplete((_, _) -> followers.computeIfPresent(site, SiteViews::unlessIdle));
    }

    private static @Nullable Follower unlessIdle(String site, Follower follower) {
        return follower.isIdle() ? null : follower;
    }

    private Follower begin(String site) {
        return new Follower(
                site,
                reader,
                seen -> {
                    LOG.warn(
                            "site {}: revision {} is gone from the database; a new epoch begins",
                            seen.site(),
                            seen.revision());
                    revisions.renew(seen.site(), seen.epoch(), seen.revision());
                },
                (before, now, watch) -> audience.get().published(before, now, watch));
    }

    /// Runs in the thread of a writer whose commit is done: nothing here may fail it.
    @EventListener
    void rang(Rang rang) {
        try {
            logged(rang.site(), read(rang.site()));
        } catch (RejectedExecutionException e) {
            LOG.info("site {} is not read any more: the control plane stops", rang.site());
        }
    }

    /// Compares all views with the database, and reads the sites that differ.
    ///
    /// @return done when all of them are read
    CompletableFuture<@Nullable Void> readAll() {
        Map<String, Head> stored = new HashMap<>();
        reader.heads().forEach(head -> stored.put(head.site(), head));
        CompletableFuture<?>[] readings =
                Stream.concat(stored.keySet().stream(), followers.keySet().stream())
                        .distinct()
                        .filter(site -> differs(find(site), stored.get(site)))
                        .map(this::read)
                        .toArray(CompletableFuture[]::new);
        return CompletableFuture.allOf(readings);
    }

    private static boolean differs(@Nullable SiteView view, @Nullable Head stored) {
        return view == null ? stored != null : !view.head().equals(stored);
    }

    private static void logged(String site, CompletableFuture<@Nullable Void> reading) {
        var _ =
                reading.exceptionally(e -> {
                    LOG.warn("site {} could not be read; the next re-read tries again", site, e);
                    return null;
                });
    }

    @PreDestroy
    void close() {
        readers.shutdownNow();
    }
}
