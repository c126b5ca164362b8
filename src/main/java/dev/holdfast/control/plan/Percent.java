package dev.holdfast.control.plan;

import java.util.Locale;

/// Shares as people read them.
final class Percent {

    private Percent() {}

    /// Of a share of 1, to a hundredth of a percent.
    static double of(double share) {
        return Math.round(share * 10_000) / 100.0;
    }

    /// Such as `2.5 %`.
    static String words(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }
}
