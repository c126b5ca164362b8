package dev.holdfast.architecture.circle.b;

import dev.holdfast.architecture.circle.a.Hen;

/// The other half.
public record Egg(Hen of) {}
