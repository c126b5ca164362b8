package dev.holdfast.netlink.ipvs;

/// How a packet gets to its destination.
public sealed interface Forwarding {

    /// Sent as it is to the destination's link-layer address (`-g`), or into the interface its
    /// route names.
    record DirectRoute() implements Forwarding {}

    /// Its address is rewritten, and the answer's (`-m`).
    record Masquerade() implements Forwarding {}

    /// Wrapped in another IP header (`-i`).
    record Ipip() implements Forwarding {}

    /// Wrapped in UDP and Generic UDP Encapsulation (`-i --tun-type gue`); since Linux 5.3.
    record Gue(int port, Checksum checksum) implements Forwarding {

        public Gue {
            if (port < 1 || port > 65535) {
                throw new IllegalArgumentException("GUE port: " + port + " (expected: 1 to 65535)");
            }
        }
    }

    /// Wrapped in GRE (`-i --tun-type gre`); since Linux 5.3.
    record Gre(Checksum checksum) implements Forwarding {}

    /// A method the kernel has and this library does not name; it is kept so that a list stays
    /// whole.
    ///
    /// @param method the value of `IPVS_DEST_ATTR_FWD_METHOD`
    /// @param tunnelType the value of `IPVS_DEST_ATTR_TUN_TYPE`
    record Other(int method, int tunnelType) implements Forwarding {}
}
