package dev.holdfast.agent.report;

import dev.holdfast.maglev.Destination;
import dev.holdfast.maglev.ServiceFamily;
import dev.holdfast.maglev.Table;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.ServiceState;

/// The table that a desired state asks for, by a way that does not go through the agent.
final class WantedTable {

    private WantedTable() {}

    static Table of(ServiceState service, int port) {
        ServiceFamily family =
                service.vip().address().family() == Family.IPV4
                        ? ServiceFamily.IPV4
                        : ServiceFamily.IPV6;
        return Table.ofAscending(
                TableSize.DEFAULT,
                family,
                service.destinations().stream().map(one -> destination(one, port)).toList());
    }

    private static Destination destination(dev.holdfast.wire.Destination one, int port) {
        return one.serving()
                ? Destination.serving(one.address().toInetAddress(), port, one.weight())
                : Destination.drained(one.address().toInetAddress(), port, one.weight());
    }
}
