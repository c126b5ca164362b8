package dev.holdfast.control.table;

import dev.holdfast.maglev.Destination;
import dev.holdfast.maglev.ServiceFamily;
import dev.holdfast.maglev.Table;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.Family;
import java.util.List;

/// A service's destinations as the kernel's own table sees them.
///
/// @param port of the service: it is hashed with each address
public record ExactTable(ServiceFamily family, int port) {

    public static ExactTable of(Family vip, int port) {
        return new ExactTable(family(vip), port);
    }

    /// What IPVS makes of a VIP's family.
    public static ServiceFamily family(Family vip) {
        return vip == Family.IPV4 ? ServiceFamily.IPV4 : ServiceFamily.IPV6;
    }

    /// Its destinations are the newest first, as in the kernel.
    ///
    /// @param ascending by their ordinals
    public Table table(List<dev.holdfast.wire.Destination> ascending) {
        return Table.ofAscending(
                TableSize.DEFAULT, family, ascending.stream().map(this::destination).toList());
    }

    public Destination destination(dev.holdfast.wire.Destination one) {
        return one.serving()
                ? Destination.serving(one.address().toInetAddress(), port, one.weight())
                : Destination.drained(one.address().toInetAddress(), port, one.weight());
    }
}
