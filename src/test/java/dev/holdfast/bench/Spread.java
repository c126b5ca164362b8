package dev.holdfast.bench;

import java.util.Arrays;

/// Durations that are to be told as percentiles.
public final class Spread {

    private long[] nanos = new long[1024];
    private int count;

    public void add(long... more) {
        while (count + more.length > nanos.length) {
            nanos = Arrays.copyOf(nanos, 2 * nanos.length);
        }
        System.arraycopy(more, 0, nanos, count, more.length);
        count += more.length;
    }

    public int count() {
        return count;
    }

    /// The smallest duration that `percent` of all do not exceed, in milliseconds.
    public double percentileMillis(double percent) {
        if (count == 0) {
            throw new IllegalStateException("no durations (expected: at least one)");
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(percent / 100 * count);
        return sorted[Math.max(rank, 1) - 1] / 1e6;
    }
}
