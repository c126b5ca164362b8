package dev.holdfast.agent.program;

/// Gives back what rounds leave behind.
///
/// Java's serial collector lets the heap grow, up to its limit, before it looks through what has
/// survived for a while; and what a round reads of a large site does survive for a while. So the
/// heap of an agent at rest would be several times as large as what it keeps.
final class Heap {

    private static final long LEFT_BEHIND = 8L << 20;

    private final Runtime runtime = Runtime.getRuntime();
    private long kept;

    /// To be called when there is time.
    void tidy() {
        if (inUse() > kept + LEFT_BEHIND) {
            System.gc();
            kept = inUse();
        }
    }

    private long inUse() {
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
