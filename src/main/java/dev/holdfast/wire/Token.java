package dev.holdfast.wire;

/// A new agent token. Shown once: only its hash is kept.
public record Token(String token) {}
