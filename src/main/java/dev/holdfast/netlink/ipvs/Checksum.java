package dev.holdfast.netlink.ipvs;

/// What a tunnel's outer header does about checksums.
public enum Checksum {
    NONE(LinuxIpVs.IP_VS_TUNNEL_ENCAP_FLAG_NOCSUM),
    OUTER(LinuxIpVs.IP_VS_TUNNEL_ENCAP_FLAG_CSUM),
    /// Remote checksum offload: the far end computes the inner one.
    REMOTE(LinuxIpVs.IP_VS_TUNNEL_ENCAP_FLAG_REMCSUM);

    private final int flag;

    Checksum(int flag) {
        this.flag = flag;
    }

    int flag() {
        return flag;
    }

    static Checksum of(int flags) {
        if ((flags & LinuxIpVs.IP_VS_TUNNEL_ENCAP_FLAG_REMCSUM) != 0) {
            return REMOTE;
        }
        return (flags & LinuxIpVs.IP_VS_TUNNEL_ENCAP_FLAG_CSUM) != 0 ? OUTER : NONE;
    }
}
