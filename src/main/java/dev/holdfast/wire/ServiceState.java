package dev.holdfast.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A service as a load balancer programs it.
///
/// @param allowedSources absent: everyone
/// @param healthCheck absent: not probed
/// @param announce whether its VIP is to carry traffic from here
/// @param destinations in ascending order of their ordinals
public record ServiceState(
        String name,
        VipAddress vip,
        List<ServicePort> ports,
        Affinity affinity,
        @Nullable List<Prefix> allowedSources,
        @Nullable HealthCheck healthCheck,
        boolean announce,
        List<Destination> destinations) {}
