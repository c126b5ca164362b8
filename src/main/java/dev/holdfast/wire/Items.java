package dev.holdfast.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One page of a list.
///
/// @param items in the order of their names
/// @param next what to send as `after` for the next page; absent on the last
public record Items<T>(List<T> items, @Nullable String next) {}
