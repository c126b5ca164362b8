package dev.holdfast.control.plan;

import dev.holdfast.control.table.ExactTable;
import dev.holdfast.maglev.Table;
import dev.holdfast.wire.ServicePort;
import dev.holdfast.wire.ServiceState;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/// The kernel's tables of a service.
final class Tables {

    private Tables() {}

    /// @param port it is hashed with the destinations' addresses
    static Table of(ServiceState service, int port) {
        return ExactTable.of(service.vip().address().family(), port).table(service.destinations());
    }

    /// TCP and UDP on the same port have the same table.
    static SortedSet<Integer> ports(ServiceState service) {
        SortedSet<Integer> ports = new TreeSet<>();
        for (ServicePort port : service.ports()) {
            ports.add(Objects.requireNonNull(port.port()));
        }
        return ports;
    }
}
