package dev.holdfast.netlink.route;

import static java.util.stream.Collectors.toSet;

import dev.holdfast.netlink.Errno;
import dev.holdfast.netlink.NetlinkException;
import dev.holdfast.netlink.NetlinkSocket;
import dev.holdfast.netlink.Refusal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The routing tables of a network namespace.
public final class Routes {

    private final NetlinkSocket socket;
    private final LinkIndexes indexes;

    Routes(NetlinkSocket socket, LinkIndexes indexes) {
        this.socket = socket;
        this.indexes = indexes;
    }

    /// The routes that pass the filter; empty, too, when there is no such table.
    public List<Route> list(RouteFilter filter) throws NetlinkException {
        List<NumberedRoute> found;
        try {
            found = socket.dump(RouteEncoder.list(filter), RouteDecoder::decode);
        } catch (NetlinkException e) {
            if (e.errno() == Errno.ENOENT && filter.table().isPresent()) {
                return List.of();
            }
            throw e;
        }
        Map<Integer, String> names = indexes.names();
        return found.stream().map(route -> route.named(names)).flatMap(Optional::stream).toList();
    }

    /// @throws NetlinkException `ENODEV` when there is no such link, `EEXIST` when the table has
    ///   such a route
    public void add(Route route) throws NetlinkException {
        make(new RouteChange.Add(route));
    }

    /// Adds a route, or puts it in the place of the one with the same destination, table and
    /// priority.
    ///
    /// @throws NetlinkException `ENODEV` when there is no such link
    public void replace(Route route) throws NetlinkException {
        make(new RouteChange.Replace(route));
    }

    /// @throws NetlinkException `ENODEV` when there is no such link, `ESRCH` when there is no such
    ///   route
    public void delete(Route route) throws NetlinkException {
        make(new RouteChange.Delete(route));
    }

    private void make(RouteChange change) throws NetlinkException {
        for (Refusal<RouteChange> refusal : apply(List.of(change))) {
            throw refusal.error();
        }
    }

    /// Makes many changes in their order and in few round trips. A change that the kernel refuses
    /// does not keep the following ones from being made.
    ///
    /// @return the refused ones in their order, empty when all were made
    /// @throws NetlinkException when the links cannot be read
    public List<Refusal<RouteChange>> apply(List<RouteChange> changes) throws NetlinkException {
        Set<String> links =
                changes.stream()
                        .flatMap(change -> change.route().hops().stream())
                        .flatMap(hop -> Stream.ofNullable(hop.link()))
                        .collect(toSet());
        Map<String, Integer> numbers = indexes.of(links);
        return LinkedBatch.execute(socket, changes, change -> RouteEncoder.encode(change, numbers));
    }
}
