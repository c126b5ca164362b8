package dev.holdfast.story;

import dev.holdfast.lab.DataCentre;
import dev.holdfast.lab.Machine;
import dev.holdfast.lab.Trickle;
import dev.holdfast.maglev.Destination;
import dev.holdfast.maglev.ServiceFamily;
import dev.holdfast.maglev.Table;
import dev.holdfast.maglev.TableSize;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/// Whom a table of some backends of a data centre names for what its client says.
///
/// @param client its address in the family of the VIP
/// @param names by address
record Owners(
        Table table, ServiceFamily family, InetAddress client, Map<InetAddress, String> names) {

    /// @param backends in the order in which they joined, all of weight 1
    /// @param drained those of them that get nothing new
    static Owners of(
            DataCentre dataCentre,
            ServiceFamily family,
            int port,
            List<Machine> backends,
            String... drained) {
        Set<String> none = Set.of(drained);
        Map<InetAddress, String> names = new HashMap<>();
        backends.forEach(backend -> names.put(address(backend.address()), backend.name()));
        List<Destination> oldestFirst =
                backends.stream()
                        .map(backend -> {
                            InetAddress address = address(backend.address());
                            return none.contains(backend.name())
                                    ? Destination.drained(address, port, 1)
                                    : Destination.serving(address, port, 1);
                        })
                        .toList();
        Machine client = dataCentre.client();
        return new Owners(
                Table.ofAscending(TableSize.DEFAULT, family, oldestFirst),
                family,
                address(family == ServiceFamily.IPV4 ? client.address() : client.address6()),
                names);
    }

    /// @param port the client's own
    String of(int port) {
        InetAddress owner =
                table.destinations().get(table.find(family.key(client, port))).address();
        return Objects.requireNonNull(names.get(owner));
    }

    Predicate<Trickle.Connection> name(String host) {
        return one -> of(one.port()).equals(host);
    }

    private static InetAddress address(String text) {
        return InetAddress.ofLiteral(text);
    }
}
