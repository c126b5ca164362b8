package dev.holdfast.agent.probe;

import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/// When one backend is tried. With some jitter, so that neither the probes of many backends nor
/// those of the nodes that share one stay in step.
///
/// @param intervalMillis from one start to the next, on average
record Rhythm(long intervalMillis) {

    /// A new target is tried within this time, so that a backend need not wait for its traffic.
    private static final long FIRST_WITHIN_MILLIS = 1000;

    /// The jitter is at most this part of the interval, to either side.
    private static final int JITTER_PART = 20;

    static Rhythm of(Target target) {
        return new Rhythm(TimeUnit.SECONDS.toMillis(target.intervalSeconds()));
    }

    /// @return how long to wait before the first probe, in milliseconds
    long first(RandomGenerator random) {
        return random.nextLong(Math.min(intervalMillis, FIRST_WITHIN_MILLIS));
    }

    /// @param tookMillis the probe that has just ended
    /// @return how long to wait before the next one, in milliseconds
    long next(long tookMillis, RandomGenerator random) {
        long most = intervalMillis / JITTER_PART;
        long jitter = random.nextLong(-most, most + 1);
        return Math.max(0, intervalMillis + jitter - tookMillis);
    }
}
