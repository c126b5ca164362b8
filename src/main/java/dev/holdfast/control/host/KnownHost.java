package dev.holdfast.control.host;

import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import java.util.List;

/// A host as other features know it.
///
/// @param id what other tables know it by
/// @param tunnelAddresses at most one per family
public record KnownHost(long id, String name, IpAddress address, List<IpAddress> tunnelAddresses) {

    public boolean hasTunnel(Family family) {
        return tunnelAddresses.stream().anyMatch(tunnel -> tunnel.family() == family);
    }
}
