package dev.holdfast.wire;

/// An old load balancer as a destination of a service's table.
///
/// @param address its own, in the underlay network: packets are sent there in IPIP
/// @param ordinal given when it joins and never again; fixes the order of destinations
/// @param weight what the table is built from
public record LegacyDestination(IpAddress address, long ordinal, int weight) {}
