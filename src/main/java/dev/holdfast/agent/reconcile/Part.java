package dev.holdfast.agent.reconcile;

/// What the part of the kernel that a delta touches should hold.
record Part(Target target, Scope scope) {}
