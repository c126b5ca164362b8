package dev.holdfast.wire;

import java.util.List;

/// A service as one of its backend hosts knows it.
///
/// @param vip name of a VIP among the state's `vips`
/// @param chances tables to ask, in this order, for packets of connections the host does not know
public record HostService(String name, String vip, List<ServicePort> ports, List<Chance> chances) {}
