package dev.holdfast.control.console;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Numbers over time as a line.
///
/// @param path of an SVG, 600 wide and 80 high; of a single number a level line
/// @param most the largest
/// @param now the newest
/// @param minutes that it covers
record Sparkline(String path, long most, long now, long minutes) {

    static final int WIDTH = 600;
    static final int HEIGHT = 80;
    private static final int MARGIN = 4;

    /// @param sums one for each beat, oldest first
    /// @return null when there are none
    static @Nullable Sparkline of(List<Long> sums) {
        if (sums.isEmpty()) {
            return null;
        }
        long most = sums.stream().mapToLong(Long::longValue).max().orElse(0);
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < sums.size(); i++) {
            double x = sums.size() == 1 ? 0 : (double) i * WIDTH / (sums.size() - 1);
            double share = most == 0 ? 0 : (double) sums.get(i) / most;
            double y = HEIGHT - MARGIN - share * (HEIGHT - 2 * MARGIN);
            path.append(String.format(Locale.ROOT, "%s%.1f %.1f", i == 0 ? "M" : " L", x, y));
        }
        if (sums.size() == 1) {
            path.append(" H").append(WIDTH);
        }
        long minutes = Math.max(1, sums.size() * Pulse.BEAT.toSeconds() / 60);
        return new Sparkline(path.toString(), most, sums.getLast(), minutes);
    }

    /// For those who do not see it.
    public String words() {
        return "%d connections now, at most %d in the last %d min".formatted(now, most, minutes);
    }
}
