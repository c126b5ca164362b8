package dev.holdfast.client;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How long to wait before the next attempt: exponential, with full jitter, so that a thousand
/// agents that lost the same control plane do not come back in the same instant.
public final class Backoff {

    private final Duration base;
    private final Duration cap;
    private final RandomGenerator random;
    private int failures;

    /// @param base upper bound of the first wait, which doubles with every failure
    /// @param cap upper bound of all waits
    public Backoff(Duration base, Duration cap, RandomGenerator random) {
        this.base = base;
        this.cap = cap;
        this.random = random;
    }

    /// Counts one more failure and says how long to wait for it.
    public Duration next() {
        long bound = Math.min(cap.toMillis(), base.toMillis() << Math.min(failures, 30));
        failures++;
        return Duration.ofMillis(random.nextLong(bound + 1));
    }

    /// Something worked.
    public void reset() {
        failures = 0;
    }
}
