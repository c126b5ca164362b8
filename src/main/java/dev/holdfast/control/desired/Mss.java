package dev.holdfast.control.desired;

import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Family;
import java.util.Collection;

/// The largest TCP segment that a client may send to a host: its packets go through the tunnel,
/// over an underlay that takes no larger ones than the site says.
///
/// One number serves all VIPs of a host, so it is the one that fits the widest headers: a host with
/// a single IPv6 VIP gets the IPv6 number (1412 with FOU over 1500 bytes), which costs its IPv4
/// connections 20 bytes a segment.
final class Mss {

    private static final int UDP_BYTES = 8;
    private static final int GUE_BYTES = 4;
    private static final int TCP_BYTES = 20;

    /// `ip6tnl` interfaces, which FOU needs, add a tunnel encapsulation limit (RFC 2473) by
    /// default.
    private static final int ENCAPSULATION_LIMIT_BYTES = 8;

    private Mss() {}

    /// @param mtu of the underlay, in bytes
    /// @param underlay family of the host's own address
    /// @param vips families of the VIPs it carries
    static int of(int mtu, Encapsulation.Kind kind, Family underlay, Collection<Family> vips) {
        int tunnel =
                switch (kind) {
                    case IPIP -> 0;
                    case GUE -> UDP_BYTES + GUE_BYTES;
                    case FOU ->
                            UDP_BYTES
                                    + switch (underlay) {
                                        case IPV4 -> 0;
                                        case IPV6 -> ENCAPSULATION_LIMIT_BYTES;
                                    };
                };
        Family inner = vips.contains(Family.IPV6) ? Family.IPV6 : Family.IPV4;
        return mtu - headerBytes(underlay) - tunnel - headerBytes(inner) - TCP_BYTES;
    }

    private static int headerBytes(Family family) {
        return switch (family) {
            case IPV4 -> 20;
            case IPV6 -> 40;
        };
    }
}
