package dev.holdfast.wire;

/// What a backend gets of its service's flows.
///
/// @param host its host's name
/// @param beforePercent 0 while it does not serve or is not there
/// @param afterPercent the same after the change
public record PlanShare(String host, double beforePercent, double afterPercent) {}
