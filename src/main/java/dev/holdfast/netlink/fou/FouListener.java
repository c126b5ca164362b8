package dev.holdfast.netlink.fou;

import dev.holdfast.netlink.AddressFamily;

/// A UDP port at which the kernel unwraps packets.
///
/// @param family of the outer packets
/// @param content what is in the UDP datagrams
public record FouListener(AddressFamily family, int port, Content content) {

    public FouListener {
        if (port < 1 || port > 65535) {
            throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
        }
    }

    /// What comes after the UDP header.
    public sealed interface Content {

        /// Packets of one protocol, and nothing before them: 4 for IPv4, 41 for IPv6.
        record Packets(int ipProtocol) implements Content {

            public Packets {
                if (ipProtocol < 1 || ipProtocol > 255) {
                    throw new IllegalArgumentException(
                            "IP protocol: " + ipProtocol + " (expected: 1 to 255)");
                }
            }
        }

        /// A header that names the protocol, then the packet: one port serves IPv4 and IPv6.
        record Gue() implements Content {}
    }
}
