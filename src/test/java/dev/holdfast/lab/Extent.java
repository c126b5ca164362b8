package dev.holdfast.lab;

/// How much of a long test runs: the short form as a rule, the whole with
/// `-Dholdfast.lab.full=true`.
public final class Extent {

    static final String FULL = "holdfast.lab.full";

    private Extent() {}

    /// One of the two numbers.
    public static int of(int usual, int full) {
        return Boolean.getBoolean(FULL) ? full : usual;
    }
}
