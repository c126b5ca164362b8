package dev.holdfast.wire;

import org.jspecify.annotations.Nullable;

/// A load-balancer machine that runs the agent in the role `load-balancer`.
///
/// @param name read-only, from the path
/// @param address underlay address
/// @param observed read-only: what its agent last reported
/// @param revision read-only: when it last changed
/// @param maintenance read-only: absent when it is in service; see `.../maintenance`
public record Node(
        @Nullable String name,
        @Nullable IpAddress address,
        @Nullable Observed observed,
        @Nullable Long revision,
        @Nullable Maintenance maintenance) {}
