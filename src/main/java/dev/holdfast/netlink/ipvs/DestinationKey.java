package dev.holdfast.netlink.ipvs;

import java.net.InetAddress;

/// What identifies a destination within its service.
///
/// @param port 0 under a fwmark service: the packet's own
public record DestinationKey(InetAddress address, int port) {

    public DestinationKey {
        Ports.check("destination port", port);
    }

    @Override
    public String toString() {
        return Ports.join(address, port);
    }
}
