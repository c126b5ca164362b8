package dev.holdfast.control.migration;

import dev.holdfast.control.table.ExactTable;
import dev.holdfast.maglev.Shares;
import dev.holdfast.wire.Destination;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/// Percentages of flows as they are shown.
final class Percent {

    private static final int DECIMALS = 3;

    private Percent() {}

    /// Of the flows that the backends get, fallback included.
    static BigDecimal ofBackends(ExactTable exact, List<Destination> ascending) {
        Shares shares = Shares.of(exact.table(ascending));
        double real = 0;
        for (int i = 0; i < ascending.size(); i++) {
            if (ascending.get(i).host() != null) {
                // The table has the newest first.
                real += shares.destinations().get(ascending.size() - 1 - i).real();
            }
        }
        return of(100 * real);
    }

    static BigDecimal of(double percent) {
        return MigrationRules.shortest(
                BigDecimal.valueOf(percent).setScale(DECIMALS, RoundingMode.HALF_EVEN));
    }
}
