package dev.holdfast.architecture.circle.a;

import dev.holdfast.architecture.circle.b.Egg;

/// Half of a circle, for the test that sees the rule against circles fail.
public record Hen(Egg from) {}
