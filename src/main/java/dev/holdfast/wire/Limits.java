package dev.holdfast.wire;

import org.jspecify.annotations.Nullable;

/// What a site refuses to do at once.
///
/// @param cliffPercent share of services, or of one service's serving destinations, that a node
///   refuses to lose at once, 1 to 100; left out: 50
/// @param maxCollateralPercent share of flows that a write may move although they need not move, 0
///   to 100; left out: no limit
public record Limits(@Nullable Integer cliffPercent, @Nullable Double maxCollateralPercent) {}
