package dev.holdfast.control.web;

/// What a PUT left behind.
///
/// @param resource as a GET shows it
/// @param revision when it last changed
/// @param created whether it did not exist before
public record Written<T>(T resource, long revision, boolean created) {}
