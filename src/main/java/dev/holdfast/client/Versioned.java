package dev.holdfast.client;

/// A resource, and the revision it last changed at.
public record Versioned<T>(T value, long revision) {}
