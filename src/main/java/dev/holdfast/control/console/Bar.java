package dev.holdfast.control.console;

import java.util.Locale;

/// A share of a service's flows, drawn: as long as the largest of its service allows.
///
/// @param percent of the flows that it gets, in words such as `33.4 %`
/// @param real length of what it gets, 0 to 100
/// @param owned length of what its slots would give it, 0 to 100
/// @param slots of the table that it owns
record Bar(String percent, String real, String owned, int slots) {

    /// @param real share of the flows, 0 to 1
    /// @param owned share of the slots, 0 to 1
    /// @param largest share of either kind in the whole drawing
    static Bar of(double real, double owned, int slots, double largest) {
        double scale = largest > 0 ? 100 / largest : 0;
        return new Bar(percent(real), length(real * scale), length(owned * scale), slots);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", share * 100);
    }

    private static String length(double of100) {
        return String.format(Locale.ROOT, "%.2f", of100);
    }
}
