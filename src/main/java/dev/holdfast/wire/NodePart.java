package dev.holdfast.wire;

import org.jspecify.annotations.Nullable;

/// A load balancer's own part of its desired state.
///
/// @param maintenance whether it is to withdraw its VIPs
/// @param cliffPercent of its services, or of one service's serving destinations, that it may lose
///   at once unless that is meant (NO-CLIFF); absent: 50
/// @param underlayMtu the site's, in bytes; absent: 1500
public record NodePart(
        String name,
        IpAddress address,
        boolean maintenance,
        @Nullable Integer cliffPercent,
        @Nullable Integer underlayMtu) {}
