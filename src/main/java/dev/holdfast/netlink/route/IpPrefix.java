package dev.holdfast.netlink.route;

import dev.holdfast.netlink.AddressFamily;
import java.net.InetAddress;

/// A network: an address and how many of its bits count. The others are zero.
public record IpPrefix(InetAddress address, int length) {

    public IpPrefix {
        int bits = AddressFamily.of(address).addressBits();
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException(
                    "prefix length: " + length + " (expected: 0 to " + bits + ")");
        }
        if (!address.equals(masked(address, length))) {
            throw new IllegalArgumentException(
                    "prefix: "
                            + address.getHostAddress()
                            + "/"
                            + length
                            + " (expected: "
                            + masked(address, length).getHostAddress()
                            + "/"
                            + length
                            + ")");
        }
    }

    /// The network of this one address.
    public static IpPrefix host(InetAddress address) {
        return new IpPrefix(address, AddressFamily.of(address).addressBits());
    }

    /// All addresses of a family.
    static IpPrefix all(AddressFamily family) {
        return new IpPrefix(AddressFamily.address(new byte[family.addressLength()]), 0);
    }

    public AddressFamily family() {
        return AddressFamily.of(address);
    }

    private static InetAddress masked(InetAddress address, int length) {
        byte[] bytes = address.getAddress();
        for (int i = 0; i < bytes.length; i++) {
            int kept = Math.clamp(length - 8L * i, 0, 8);
            bytes[i] &= (byte) (0xff00 >> kept);
        }
        return AddressFamily.address(bytes);
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + length;
    }
}
