package dev.holdfast.netlink.ipvs;

import static dev.holdfast.netlink.ipvs.LinuxIpVs.*;

/// A [Forwarding] as the kernel's four numbers.
record ForwardingMethod(int method, int tunnelType, int tunnelPort, int tunnelFlags) {

    static ForwardingMethod of(Forwarding forwarding) {
        return switch (forwarding) {
            case Forwarding.DirectRoute() -> new ForwardingMethod(IP_VS_CONN_F_DROUTE, 0, 0, 0);
            case Forwarding.Masquerade() -> new ForwardingMethod(IP_VS_CONN_F_MASQ, 0, 0, 0);
            case Forwarding.Ipip() -> tunnel(IP_VS_CONN_F_TUNNEL_TYPE_IPIP, 0, Checksum.NONE);
            case Forwarding.Gue(int port, var checksum) ->
                    tunnel(IP_VS_CONN_F_TUNNEL_TYPE_GUE, port, checksum);
            case Forwarding.Gre(var checksum) -> tunnel(IP_VS_CONN_F_TUNNEL_TYPE_GRE, 0, checksum);
            case Forwarding.Other(int method, int tunnelType) ->
                    new ForwardingMethod(method, tunnelType, 0, 0);
        };
    }

    private static ForwardingMethod tunnel(int type, int port, Checksum checksum) {
        return new ForwardingMethod(IP_VS_CONN_F_TUNNEL, type, port, checksum.flag());
    }

    Forwarding toForwarding() {
        return switch (method & IP_VS_CONN_F_FWD_MASK) {
            case IP_VS_CONN_F_DROUTE -> new Forwarding.DirectRoute();
            case IP_VS_CONN_F_MASQ -> new Forwarding.Masquerade();
            case IP_VS_CONN_F_TUNNEL ->
                    switch (tunnelType) {
                        case IP_VS_CONN_F_TUNNEL_TYPE_IPIP -> new Forwarding.Ipip();
                        case IP_VS_CONN_F_TUNNEL_TYPE_GUE ->
                                new Forwarding.Gue(tunnelPort, Checksum.of(tunnelFlags));
                        case IP_VS_CONN_F_TUNNEL_TYPE_GRE ->
                                new Forwarding.Gre(Checksum.of(tunnelFlags));
                        default -> new Forwarding.Other(IP_VS_CONN_F_TUNNEL, tunnelType);
                    };
            default -> new Forwarding.Other(method & IP_VS_CONN_F_FWD_MASK, tunnelType);
        };
    }
}
