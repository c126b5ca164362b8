package dev.holdfast.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A machine that runs backends; the far end of a tunnel.
///
/// @param name read-only, from the path
/// @param address underlay address
/// @param tunnelAddresses read-only: allocated from the site's tunnel ranges, one per family
/// @param observed read-only: what its agent last reported
/// @param revision read-only: when it last changed
public record Host(
        @Nullable String name,
        @Nullable IpAddress address,
        @Nullable List<IpAddress> tunnelAddresses,
        @Nullable Observed observed,
        @Nullable Long revision) {}
