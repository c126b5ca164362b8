package dev.holdfast.netlink.route;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/// Where a route leads: over a link, to a gateway, or both.
///
/// @param link absent for a gateway whose link the kernel finds
/// @param weight its share among several, 1 to 256
public record NextHop(@Nullable String link, @Nullable InetAddress gateway, int weight) {

    public NextHop {
        if (link == null && gateway == null) {
            throw new IllegalArgumentException("next hop: empty (expected: a link or a gateway)");
        }
        if (weight < 1 || weight > 256) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: 1 to 256)");
        }
    }
}
