package dev.holdfast.netlink.route;

import dev.holdfast.netlink.AddressFamily;
import java.net.InetAddress;

/// An address of this machine.
///
/// @param link the name of the link that has it
/// @param prefixLength which part of it all neighbours share
/// @param protocol who made it, a number of the maker's choice; kernels before 5.18 forget it
public record InterfaceAddress(
        String link, InetAddress address, int prefixLength, Scope scope, int protocol) {

    public InterfaceAddress {
        Link.checkName(link);
        int bits = AddressFamily.of(address).addressBits();
        if (prefixLength < 0 || prefixLength > bits) {
            throw new IllegalArgumentException(
                    "prefix length: " + prefixLength + " (expected: 0 to " + bits + ")");
        }
        if (protocol < 0 || protocol > 255) {
            throw new IllegalArgumentException(
                    "address protocol: " + protocol + " (expected: 0 to 255)");
        }
    }

    /// An address without neighbours, good everywhere.
    public static InterfaceAddress host(String link, InetAddress address, int protocol) {
        return new InterfaceAddress(
                link, address, AddressFamily.of(address).addressBits(), Scope.UNIVERSE, protocol);
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefixLength + " on " + link;
    }
}
