package dev.holdfast.netlink.route;

import dev.holdfast.netlink.AddressFamily;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// Which routes to list. The kernel itself leaves the others out.
///
/// @param table empty for all tables
/// @param protocol empty for all makers
public record RouteFilter(AddressFamily family, OptionalLong table, OptionalInt protocol) {

    public static RouteFilter of(AddressFamily family) {
        return new RouteFilter(family, OptionalLong.empty(), OptionalInt.empty());
    }

    public RouteFilter inTable(long onlyTable) {
        return new RouteFilter(family, OptionalLong.of(onlyTable), protocol);
    }

    public RouteFilter by(int onlyProtocol) {
        return new RouteFilter(family, table, OptionalInt.of(onlyProtocol));
    }
}
