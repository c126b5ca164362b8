package dev.holdfast.bench.http;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// When each agent of a swarm had a revision.
public final class Arrivals {

    private final long revision;
    private final CountDownLatch missing;
    private final long[] atNanos;
    private final long[] wireBytes;
    private final long[] bodyBytes;

    Arrivals(long revision, int agents) {
        this.revision = revision;
        missing = new CountDownLatch(agents);
        atNanos = new long[agents];
        wireBytes = new long[agents];
        bodyBytes = new long[agents];
    }

    /// Waits until all have it.
    public void await(Duration limit) throws InterruptedException {
        if (!missing.await(limit.toNanos(), TimeUnit.NANOSECONDS)) {
            throw new IllegalStateException(
                    "revision %d: %d of %d agents did not hear of it (expected: all in %s)"
                            .formatted(revision, missing.getCount(), atNanos.length, limit));
        }
    }

    /// For each agent the nanoseconds since `startNanos`.
    public long[] sinceNanos(long startNanos) {
        long[] since = new long[atNanos.length];
        for (int agent = 0; agent < since.length; agent++) {
            since[agent] = atNanos[agent] - startNanos;
        }
        return since;
    }

    /// What the first agent received, with head and framing.
    public long wireBytes() {
        return wireBytes[0];
    }

    /// What the first agent received, without head and framing.
    public long bodyBytes() {
        return bodyBytes[0];
    }

    void heard(int agent, long heard, Message message, long nanos) {
        if (heard >= revision && atNanos[agent] == 0) {
            atNanos[agent] = nanos;
            wireBytes[agent] = message.wireBytes();
            bodyBytes[agent] = message.contentBytes();
            missing.countDown();
        }
    }
}
