package dev.holdfast.agent.guard;

/// A state that a machine will not bring about.
///
/// @param revision of it
/// @param why what it would take away, and what a person can do when that is meant
public record Refused(long revision, String why) {}
