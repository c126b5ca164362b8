package dev.holdfast.wire;

import java.util.List;

/// A host as load balancers know it: the far end of a tunnel.
///
/// @param address underlay address
/// @param tunnelAddresses at most one per family; empty unless the site has tunnel ranges
public record HostAddress(String name, IpAddress address, List<IpAddress> tunnelAddresses) {}
