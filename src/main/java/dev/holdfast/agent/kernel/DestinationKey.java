package dev.holdfast.agent.kernel;

import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;

/// What the table hashes of a destination, and what tells it apart within its service.
public record DestinationKey(IpAddress address, int port) {

    @Override
    public String toString() {
        return join(address, port);
    }

    static String join(IpAddress address, int port) {
        return (address.family() == Family.IPV6 ? "[" + address + "]" : address) + ":" + port;
    }
}
