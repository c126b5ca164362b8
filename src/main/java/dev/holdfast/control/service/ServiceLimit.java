package dev.holdfast.control.service;

/// What one service says of collateral, where it says anything.
///
/// @param name of the service
record ServiceLimit(String name, double maxCollateralPercent) {}
