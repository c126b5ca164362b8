package dev.holdfast.wire;

import org.jspecify.annotations.Nullable;

/// An address out of a site's VIP ranges.
///
/// @param name read-only, from the path
/// @param address left out: allocated, and kept by later writes that leave it out
/// @param family of the address to allocate; left out: IPV4 when the site has such a range
/// @param revision read-only: when it last changed
public record Vip(
        @Nullable String name,
        @Nullable IpAddress address,
        @Nullable Family family,
        @Nullable Long revision) {}
