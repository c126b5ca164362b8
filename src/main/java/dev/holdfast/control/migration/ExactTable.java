package dev.holdfast.control.migration;

import dev.holdfast.maglev.Destination;
import dev.holdfast.maglev.ServiceFamily;
import dev.holdfast.maglev.Shares;
import dev.holdfast.maglev.Table;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.Family;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/// A service's destinations as the kernel's own table sees them.
///
/// @param port of the service: it is hashed with each address
record ExactTable(ServiceFamily family, int port) {

    private static final int DECIMALS = 3;

    static ExactTable of(Family vip, int port) {
        return new ExactTable(vip == Family.IPV4 ? ServiceFamily.IPV4 : ServiceFamily.IPV6, port);
    }

    /// @param ascending by their ordinals
    Table table(List<dev.holdfast.wire.Destination> ascending) {
        return Table.ofAscending(
                TableSize.DEFAULT, family, ascending.stream().map(this::destination).toList());
    }

    Destination destination(dev.holdfast.wire.Destination one) {
        return one.serving()
                ? Destination.serving(one.address().toInetAddress(), port, one.weight())
                : Destination.drained(one.address().toInetAddress(), port, one.weight());
    }

    /// What percentage of the flows the backends get, fallback included.
    BigDecimal backendsPercent(List<dev.holdfast.wire.Destination> ascending) {
        Shares shares = Shares.of(table(ascending));
        double real = 0;
        for (int i = 0; i < ascending.size(); i++) {
            if (ascending.get(i).host() != null) {
                // The table has the newest first.
                real += shares.destinations().get(ascending.size() - 1 - i).real();
            }
        }
        return percent(100 * real);
    }

    static BigDecimal percent(double number) {
        return MigrationRules.shortest(
                BigDecimal.valueOf(number).setScale(DECIMALS, RoundingMode.HALF_EVEN));
    }
}
