package dev.holdfast.control.desired;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/// Keeps the view of one site current: reads when asked to, never twice at a time, and once for all
/// who asked meanwhile.
final class Follower {

    /// What is called, one at a time, with each new view.
    @FunctionalInterface
    interface Audience {
        /// @param now null when the site is gone
        void published(
                @Nullable SiteView before, @Nullable SiteView now, Stopwatch sinceFirstAsked);
    }

    private final String site;
    private final SiteReader reader;
    private final Rewind rewind;
    private final Audience audience;
    private volatile @Nullable SiteView view;

    // Guarded by this.
    private @Nullable Reading next;
    private @Nullable Reading running;

    private record Reading(CompletableFuture<@Nullable Void> done, Stopwatch sinceFirstAsked) {}

    Follower(String site, SiteReader reader, Rewind rewind, Audience audience) {
        this.site = site;
        this.reader = reader;
        this.rewind = rewind;
        this.audience = audience;
    }

    /// The last view read, or null when there is no such site as far as is known.
    @Nullable SiteView view() {
        return view;
    }

    /// Asks for a reading that begins from now on.
    ///
    /// @return done when its view is the current one and everyone was told; fails when the database
    ///   did not answer
    synchronized CompletableFuture<@Nullable Void> read(Executor executor) {
        if (next == null) {
            next = new Reading(new CompletableFuture<>(), Stopwatch.start());
            if (running == null) {
                executor.execute(this::readAll);
            }
        }
        return next.done();
    }

    /// Done when every reading asked for so far is.
    synchronized CompletableFuture<@Nullable Void> settled() {
        Reading last = next == null ? running : next;
        return last == null ? CompletableFuture.completedFuture(null) : last.done();
    }

    /// Whether nothing is known of the site and nobody asks.
    synchronized boolean isIdle() {
        return view == null && next == null && running == null;
    }

    private void readAll() {
        for (Reading reading = begin(); reading != null; reading = begin()) {
            try {
                readOnce(reading.sinceFirstAsked());
                reading.done().complete(null);
            } catch (RuntimeException e) {
                reading.done().completeExceptionally(e);
            }
        }
    }

    private synchronized @Nullable Reading begin() {
        running = next;
        next = null;
        return running;
    }

    private void readOnce(Stopwatch sinceFirstAsked) {
        SiteView before = view;
        Optional<Rows> rows = before == null ? reader.read(site) : reader.read(before);
        if (before != null && rows.isPresent() && isRewound(before, rows.get().head())) {
            rewind.noticed(before.head());
            rows = reader.read(before);
        }
        if (rows.isPresent() && before != null && rows.get().head().equals(before.head())) {
            return;
        }
        SiteView now = rows.map(read -> step(before, read)).orElse(null);
        view = now;
        if (before != null || now != null) {
            audience.published(before, now, sinceFirstAsked);
        }
    }

    /// Within an epoch, revisions only ever grow: someone put an older database in place.
    private static boolean isRewound(SiteView before, Head now) {
        return before.head().epoch().equals(now.epoch()) && now.revision() < before.revision();
    }

    private static SiteView step(@Nullable SiteView before, Rows rows) {
        return before != null && SiteReader.continues(before, rows.head())
                ? before.plus(rows)
                : SiteView.of(rows);
    }
}
