package dev.holdfast.wire;

import org.jspecify.annotations.Nullable;

/// A load balancer's own part of its desired state.
///
/// @param maintenance whether it is to withdraw its VIPs
/// @param cliffPercent of its services, or of one service's serving destinations, that it may lose
///   at once unless that is meant (NO-CLIFF); absent: 50
public record NodePart(
        String name, IpAddress address, boolean maintenance, @Nullable Integer cliffPercent) {}
