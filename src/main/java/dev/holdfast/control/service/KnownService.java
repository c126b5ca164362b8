package dev.holdfast.control.service;

/// A service as other features know it.
///
/// @param id what other tables know it by
/// @param vipId of its VIP
/// @param revision when it last changed
public record KnownService(long id, String name, long vipId, long revision) {}
