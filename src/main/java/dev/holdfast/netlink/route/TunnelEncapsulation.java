package dev.holdfast.netlink.route;

import java.util.Set;

/// What stands between a tunnel's outer IP header and the packet.
public sealed interface TunnelEncapsulation {

    /// Nothing.
    record None() implements TunnelEncapsulation {}

    /// A UDP header. A source port of 0 takes one from the flow, so that routers spread flows.
    record Fou(int sourcePort, int destinationPort, Set<UdpChecksum> checksums)
            implements TunnelEncapsulation {

        public Fou {
            check(sourcePort, destinationPort);
            checksums = Set.copyOf(checksums);
        }

        /// Source port by flow, checksums where IPv6 wants them.
        public Fou(int destinationPort) {
            this(0, destinationPort, Set.of(UdpChecksum.OVER_IPV6));
        }
    }

    /// A UDP header and one of Generic UDP Encapsulation. A source port of 0 takes one from the
    /// flow.
    record Gue(int sourcePort, int destinationPort, Set<UdpChecksum> checksums)
            implements TunnelEncapsulation {

        public Gue {
            check(sourcePort, destinationPort);
            checksums = Set.copyOf(checksums);
        }

        /// Source port by flow, checksums where IPv6 wants them.
        public Gue(int destinationPort) {
            this(0, destinationPort, Set.of(UdpChecksum.OVER_IPV6));
        }
    }

    private static void check(int sourcePort, int destinationPort) {
        if (sourcePort < 0 || sourcePort > 65535) {
            throw new IllegalArgumentException(
                    "source port: " + sourcePort + " (expected: 0 to 65535)");
        }
        if (destinationPort < 1 || destinationPort > 65535) {
            throw new IllegalArgumentException(
                    "destination port: " + destinationPort + " (expected: 1 to 65535)");
        }
    }
}
