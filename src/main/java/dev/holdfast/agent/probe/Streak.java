package dev.holdfast.agent.probe;

import org.jspecify.annotations.Nullable;

/// So many passes or failures in a row, and the opinion that came of them.
///
/// @param up the opinion; null before the first
/// @param passing of what the streak is
/// @param length of the streak, at least 1 once anything was tried
record Streak(@Nullable Boolean up, boolean passing, int length) {

    static final Streak NONE = new Streak(null, false, 0);

    /// @param rise passes in a row that make the opinion up
    /// @param fall failures in a row that make it down
    Streak after(boolean passed, int rise, int fall) {
        int now = length > 0 && passing == passed ? length + 1 : 1;
        boolean enough = now >= (passed ? rise : fall);
        return new Streak(enough ? (Boolean) passed : up, passed, now);
    }
}
