package dev.holdfast.netlink.ipvs;

/// Numbers of connections at which a destination takes no new ones, and takes them again.
///
/// @param upper 0 for no limit
/// @param lower 0 for three quarters of the upper one
public record Thresholds(long upper, long lower) {

    public static final Thresholds NONE = new Thresholds(0, 0);

    public Thresholds {
        if (lower < 0 || lower > upper || upper > 0xffff_ffffL) {
            throw new IllegalArgumentException(
                    "thresholds: "
                            + upper
                            + " and "
                            + lower
                            + " (expected: 4294967295 >= upper >= lower >= 0)");
        }
    }
}
