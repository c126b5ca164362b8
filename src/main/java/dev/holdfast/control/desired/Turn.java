package dev.holdfast.control.desired;

import org.jspecify.annotations.Nullable;

/// A resource on both sides of a change.
///
/// @param before null when it is new
/// @param after null when it goes
public record Turn<T>(String name, @Nullable T before, @Nullable T after) {}
