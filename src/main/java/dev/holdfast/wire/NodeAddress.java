package dev.holdfast.wire;

/// A load balancer of the site, as its peers know it.
public record NodeAddress(String name, IpAddress address) {}
