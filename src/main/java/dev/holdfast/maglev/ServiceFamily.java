package dev.holdfast.maglev;

import java.net.InetAddress;

/// The address family of an IPVS *service*, which decides how addresses become the number that is
/// hashed, those of its destinations included.
public enum ServiceFamily {
    /// The first 32 bits. An IPv6 destination of an IPv4 service is told apart by those alone.
    IPV4 {
        @Override
        int fold(byte[] address) {
            return word(address, 0);
        }
    },
    /// The four 32-bit words, combined by XOR. An IPv4 destination of an IPv6 service is one word.
    IPV6 {
        @Override
        int fold(byte[] address) {
            int folded = 0;
            for (int at = 0; at < address.length; at += Integer.BYTES) {
                folded ^= word(address, at);
            }
            return folded;
        }
    };

    /// What a flow is to the table when the service has `mh-port`: one number. Flows with the same
    /// number always share their destination, and with fallback too.
    ///
    /// @param source the client's address
    /// @param sourcePort of TCP, UDP or SCTP; 0 for other protocols
    public int key(InetAddress source, int sourcePort) {
        return fold(source.getAddress()) + sourcePort;
    }

    /// What a flow is to the table when the service has no `mh-port`: its client alone.
    public int key(InetAddress source) {
        return fold(source.getAddress());
    }

    abstract int fold(byte[] address);

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 24
                | (bytes[at + 1] & 0xff) << 16
                | (bytes[at + 2] & 0xff) << 8
                | (bytes[at + 3] & 0xff);
    }
}
