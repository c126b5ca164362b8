package dev.holdfast.wire;

import java.util.List;

/// An earlier table of a service, for second chance.
public record Chance(List<Destination> destinations) {}
