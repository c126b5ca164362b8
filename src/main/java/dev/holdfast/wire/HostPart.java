package dev.holdfast.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A backend host's own part of its desired state.
///
/// @param cliffPercent of its services that it may lose at once unless that is meant (NO-CLIFF);
///   absent: 50
public record HostPart(
        String name,
        IpAddress address,
        List<IpAddress> tunnelAddresses,
        @Nullable Integer cliffPercent) {}
