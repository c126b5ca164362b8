package dev.holdfast.wire;

import org.jspecify.annotations.Nullable;

/// What a service refuses to have done to it at once, whatever its site allows.
///
/// @param maxCollateralPercent share of its flows that a write may move although they need not
///   move, 0 to 100; left out: as the site's [Limits] say
public record ServiceLimits(@Nullable Double maxCollateralPercent) {}
