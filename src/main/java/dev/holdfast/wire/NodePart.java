package dev.holdfast.wire;

/// A load balancer's own part of its desired state.
///
/// @param maintenance whether it is to withdraw its VIPs
public record NodePart(String name, IpAddress address, boolean maintenance) {}
