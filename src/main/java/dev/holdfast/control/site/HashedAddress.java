package dev.holdfast.control.site;

import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import java.util.List;
import java.util.Optional;

/// Which address of a host IPVS is given as the destination, and the Maglev table therefore hashes.
///
/// With FOU it is the tunnel address, behind which stands the host's interface; with GUE and IPIP
/// IPVS makes the tunnel itself, to the host's own address.
public final class HashedAddress {

    private HashedAddress() {}

    /// @param family of the VIP
    /// @return empty when the host cannot be reached that way
    public static Optional<IpAddress> of(
            Encapsulation.Kind kind,
            Family family,
            IpAddress address,
            List<IpAddress> tunnelAddresses) {
        return switch (kind) {
            case FOU -> tunnelAddresses.stream().filter(t -> t.family() == family).findFirst();
            case GUE, IPIP -> Optional.of(address);
        };
    }
}
