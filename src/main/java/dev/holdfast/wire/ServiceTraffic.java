package dev.holdfast.wire;

import java.util.List;

/// What clients send to a service, through all load balancers that are heard from. Answers are not
/// counted: they do not pass a load balancer.
///
/// @param connections established ones of TCP and remembered flows of UDP, as the load balancers
///   see them
/// @param packetsPerSecond and `bytesPerSecond` of two seconds of the last report of each node
/// @param secondChancePackets that backend hosts sent on, since they started
/// @param backends those that have any, by the names of their hosts
public record ServiceTraffic(
        String service,
        long connections,
        long packetsPerSecond,
        long bytesPerSecond,
        long secondChancePackets,
        List<ToBackend> backends) {

    /// The part that goes to one backend.
    ///
    /// @param nodes how many load balancers send to it
    public record ToBackend(
            String host, long connections, long packetsPerSecond, long bytesPerSecond, int nodes) {}
}
