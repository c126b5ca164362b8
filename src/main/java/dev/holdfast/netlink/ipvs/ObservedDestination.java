package dev.holdfast.netlink.ipvs;

/// A destination as the kernel has it, and what went to it.
///
/// @param activeConnections established ones
/// @param inactiveConnections all others
/// @param persistentConnections templates
public record ObservedDestination(
        Destination destination,
        long activeConnections,
        long inactiveConnections,
        long persistentConnections,
        Statistics statistics) {}
