package dev.holdfast.netlink.ipvs;

/// Counters since the service or destination was made, and rates that the kernel works out every
/// two seconds.
public record Statistics(
        long connections,
        long packetsIn,
        long packetsOut,
        long bytesIn,
        long bytesOut,
        long connectionsPerSecond,
        long packetsInPerSecond,
        long packetsOutPerSecond,
        long bytesInPerSecond,
        long bytesOutPerSecond) {}
