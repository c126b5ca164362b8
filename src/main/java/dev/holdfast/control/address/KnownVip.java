package dev.holdfast.control.address;

import dev.holdfast.wire.IpAddress;

/// A VIP as other features know it.
///
/// @param id what other tables know it by
public record KnownVip(long id, String name, IpAddress address) {}
