package dev.holdfast.wire;

import java.util.List;

/// An earlier table of a service, for second chance.
///
/// @param affinity what it hashed
/// @param destinations in ascending order of their ordinals
public record Chance(Affinity affinity, List<Destination> destinations) {}
