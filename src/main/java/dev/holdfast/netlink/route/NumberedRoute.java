package dev.holdfast.netlink.route;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A route whose links have only their numbers yet.
///
/// @param route without hops
record NumberedRoute(Route route, List<Hop> hops) {

    /// @param linkIndex 0 for none
    record Hop(int linkIndex, @Nullable InetAddress gateway, int weight) {}

    /// Empty when a link is gone, and the route with it.
    Optional<Route> named(Map<Integer, String> names) {
        List<NextHop> named = new ArrayList<>();
        for (Hop hop : hops) {
            String link = names.get(hop.linkIndex);
            if (link == null && hop.linkIndex != 0) {
                return Optional.empty();
            }
            if (link != null || hop.gateway != null) {
                named.add(new NextHop(link, hop.gateway, hop.weight));
            }
        }
        return Optional.of(
                new Route(
                        route.destination(),
                        route.table(),
                        route.type(),
                        route.scope(),
                        route.protocol(),
                        route.priority(),
                        named));
    }
}
