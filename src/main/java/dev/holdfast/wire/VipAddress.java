package dev.holdfast.wire;

/// A VIP by name and address.
public record VipAddress(String name, IpAddress address) {}
