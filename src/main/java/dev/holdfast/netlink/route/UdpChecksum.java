package dev.holdfast.netlink.route;

import java.util.EnumSet;
import java.util.Set;

/// Which checksums a tunnel in UDP computes.
public enum UdpChecksum {
    OVER_IPV4(LinuxRtnetlink.TUNNEL_ENCAP_FLAG_CSUM),
    OVER_IPV6(LinuxRtnetlink.TUNNEL_ENCAP_FLAG_CSUM6),
    /// Remote checksum offload: the far end computes the inner one.
    REMOTE(LinuxRtnetlink.TUNNEL_ENCAP_FLAG_REMCSUM);

    private final int flag;

    UdpChecksum(int flag) {
        this.flag = flag;
    }

    static int toBits(Set<UdpChecksum> checksums) {
        int bits = 0;
        for (UdpChecksum checksum : checksums) {
            bits |= checksum.flag;
        }
        return bits;
    }

    static Set<UdpChecksum> ofBits(int bits) {
        Set<UdpChecksum> checksums = EnumSet.noneOf(UdpChecksum.class);
        for (UdpChecksum checksum : values()) {
            if ((bits & checksum.flag) != 0) {
                checksums.add(checksum);
            }
        }
        return checksums;
    }
}
