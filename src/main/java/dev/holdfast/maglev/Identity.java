package dev.holdfast.maglev;

import java.net.Inet6Address;
import java.net.InetAddress;

/// What tells one destination of a service from another: IPVS refuses a second one that is equal.
record Identity(InetAddress address, int port) {

    static Identity of(Destination destination) {
        return new Identity(destination.address(), destination.port());
    }

    /// As IPVS' tools write it.
    @Override
    public String toString() {
        String host = address.getHostAddress();
        return (address instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port;
    }
}
