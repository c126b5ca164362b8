package dev.holdfast.control.plan;

import dev.holdfast.maglev.Destination;
import dev.holdfast.maglev.ServiceFamily;
import dev.holdfast.maglev.Table;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.ServicePort;
import dev.holdfast.wire.ServiceState;
import java.util.List;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/// The kernel's tables of a service.
final class Tables {

    private Tables() {}

    /// @param port it is hashed with the destinations' addresses
    static Table of(ServiceState service, int port) {
        ServiceFamily family =
                service.vip().address().family() == Family.IPV4
                        ? ServiceFamily.IPV4
                        : ServiceFamily.IPV6;
        List<Destination> oldestFirst =
                service.destinations().stream().map(one -> destination(one, port)).toList();
        return Table.ofAscending(TableSize.DEFAULT, family, oldestFirst);
    }

    /// TCP and UDP on the same port have the same table.
    static SortedSet<Integer> ports(ServiceState service) {
        SortedSet<Integer> ports = new TreeSet<>();
        for (ServicePort port : service.ports()) {
            ports.add(Objects.requireNonNull(port.port()));
        }
        return ports;
    }

    private static Destination destination(dev.holdfast.wire.Destination one, int port) {
        return one.serving()
                ? Destination.serving(one.address().toInetAddress(), port, one.weight())
                : Destination.drained(one.address().toInetAddress(), port, one.weight());
    }
}
