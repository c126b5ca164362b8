package dev.holdfast.netlink;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;

/// The two families of internet addresses, `bits/socket.h`.
public enum AddressFamily {
    INET(2, 4),
    INET6(10, 16);

    private final int number;
    private final int addressLength;

    AddressFamily(int number, int addressLength) {
        this.number = number;
        this.addressLength = addressLength;
    }

    public static AddressFamily of(InetAddress address) {
        return address instanceof Inet4Address ? INET : INET6;
    }

    /// @throws MalformedMessage when it is neither
    public static AddressFamily of(int number) {
        for (AddressFamily family : values()) {
            if (family.number == number) {
                return family;
            }
        }
        throw new MalformedMessage("address family: " + number + " (expected: 2 or 10)");
    }

    /// An address in network byte order, of the family that its length tells.
    ///
    /// An IPv4-mapped IPv6 address stays IPv6, other than with [InetAddress#getByAddress(byte[])].
    ///
    /// @throws MalformedMessage when it has neither 4 nor 16 bytes
    public static InetAddress address(byte[] bytes) {
        try {
            return bytes.length == INET6.addressLength
                    ? Inet6Address.getByAddress(null, bytes, -1)
                    : InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new MalformedMessage("address of " + bytes.length + " bytes (expected: 4 or 16)");
        }
    }

    /// `AF_INET` or `AF_INET6`.
    public int number() {
        return number;
    }

    /// In bytes.
    public int addressLength() {
        return addressLength;
    }

    /// In bits: the longest prefix.
    public int addressBits() {
        return 8 * addressLength;
    }
}
