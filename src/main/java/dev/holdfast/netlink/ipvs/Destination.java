package dev.holdfast.netlink.ipvs;

import java.net.InetAddress;

/// A destination of a service as one asks for it.
///
/// @param weight 0 takes no new connections
public record Destination(
        DestinationKey key, int weight, Forwarding forwarding, Thresholds thresholds) {

    public Destination {
        if (weight < 0) {
            throw new IllegalArgumentException("weight: " + weight + " (expected: 0 or more)");
        }
    }

    /// A destination without thresholds.
    public static Destination of(InetAddress address, int port, int weight, Forwarding forwarding) {
        return new Destination(
                new DestinationKey(address, port), weight, forwarding, Thresholds.NONE);
    }

    public Destination withWeight(int newWeight) {
        return new Destination(key, newWeight, forwarding, thresholds);
    }
}
