package dev.holdfast.netlink.route;

import static dev.holdfast.netlink.route.LinuxRtnetlink.*;

import dev.holdfast.netlink.Attributes;
import dev.holdfast.netlink.PayloadWriter;
import java.net.InetAddress;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Tunnels as the attribute `IFLA_LINKINFO`.
final class TunnelCodec {

    private static final String IPIP = "ipip";
    private static final String SIT = "sit";
    private static final String IP6TNL = "ip6tnl";

    private TunnelCodec() {}

    static void encode(PayloadWriter payload, Tunnel tunnel) {
        payload.string(IFLA_INFO_KIND, kind(tunnel))
                .nestUnmarked(IFLA_INFO_DATA, data -> encodeData(data, tunnel));
    }

    private static String kind(Tunnel tunnel) {
        return switch (tunnel) {
            case Tunnel.Ipip _ -> IPIP;
            case Tunnel.Sit _ -> SIT;
            case Tunnel.Ip6tnl _ -> IP6TNL;
        };
    }

    private static void encodeData(PayloadWriter data, Tunnel tunnel) {
        data.bytes(IFLA_IPTUN_LOCAL, tunnel.local().getAddress())
                .bytes(IFLA_IPTUN_REMOTE, tunnel.remote().getAddress());
        switch (tunnel) {
            case Tunnel.Ipip ipip ->
                    data.u8(IFLA_IPTUN_PROTO, IPPROTO_IPIP).u8(IFLA_IPTUN_TTL, ipip.ttl());
            case Tunnel.Sit sit ->
                    data.u8(IFLA_IPTUN_PROTO, IPPROTO_IPV6).u8(IFLA_IPTUN_TTL, sit.ttl());
            case Tunnel.Ip6tnl ip6tnl -> {
                OptionalInt limit = ip6tnl.encapsulationLimit();
                data.u8(IFLA_IPTUN_PROTO, protocol(ip6tnl.mode()))
                        .u8(IFLA_IPTUN_TTL, ip6tnl.hopLimit())
                        .u8(IFLA_IPTUN_ENCAP_LIMIT, limit.orElse(IPV6_DEFAULT_TNL_ENCAP_LIMIT))
                        .u32(IFLA_IPTUN_FLAGS, limit.isPresent() ? 0 : IP6_TNL_F_IGN_ENCAP_LIMIT);
            }
        }
        switch (tunnel.encapsulation()) {
            case TunnelEncapsulation.None() -> {}
            case TunnelEncapsulation.Fou(int source, int destination, var checksums) ->
                    encodeUdp(data, TUNNEL_ENCAP_FOU, source, destination, checksums);
            case TunnelEncapsulation.Gue(int source, int destination, var checksums) ->
                    encodeUdp(data, TUNNEL_ENCAP_GUE, source, destination, checksums);
        }
    }

    private static void encodeUdp(
            PayloadWriter data, int type, int source, int destination, Set<UdpChecksum> checksums) {
        data.u16(IFLA_IPTUN_ENCAP_TYPE, type)
                .u16(IFLA_IPTUN_ENCAP_FLAGS, UdpChecksum.toBits(checksums))
                .u16BigEndian(IFLA_IPTUN_ENCAP_SPORT, source)
                .u16BigEndian(IFLA_IPTUN_ENCAP_DPORT, destination);
    }

    private static int protocol(Tunnel.Ip6tnl.Mode mode) {
        return switch (mode) {
            case ANY -> 0;
            case IP4IP6 -> IPPROTO_IPIP;
            case IP6IP6 -> IPPROTO_IPV6;
        };
    }

    /// Empty for a kind, or a use of it, that [Tunnel] has no words for.
    static Optional<Tunnel> decode(Attributes linkInfo) {
        String kind = linkInfo.string(IFLA_INFO_KIND);
        boolean known = kind.equals(IPIP) || kind.equals(SIT) || kind.equals(IP6TNL);
        if (!known || !linkInfo.has(IFLA_INFO_DATA)) {
            return Optional.empty();
        }
        Attributes data = linkInfo.nested(IFLA_INFO_DATA);
        if (!data.has(IFLA_IPTUN_LOCAL) || !data.has(IFLA_IPTUN_REMOTE)) {
            return Optional.empty();
        }
        return encapsulation(data).map(encapsulation -> tunnel(kind, data, encapsulation));
    }

    private static Tunnel tunnel(String kind, Attributes data, TunnelEncapsulation encapsulation) {
        InetAddress local = data.address(IFLA_IPTUN_LOCAL);
        InetAddress remote = data.address(IFLA_IPTUN_REMOTE);
        int hops = data.u8(IFLA_IPTUN_TTL);
        return switch (kind) {
            case IPIP -> new Tunnel.Ipip(local, remote, hops, encapsulation);
            case SIT -> new Tunnel.Sit(local, remote, hops, encapsulation);
            default ->
                    new Tunnel.Ip6tnl(
                            mode(data.u8(IFLA_IPTUN_PROTO)),
                            local,
                            remote,
                            hops,
                            encapsulationLimit(data),
                            encapsulation);
        };
    }

    private static Tunnel.Ip6tnl.Mode mode(int protocol) {
        return switch (protocol) {
            case IPPROTO_IPIP -> Tunnel.Ip6tnl.Mode.IP4IP6;
            case IPPROTO_IPV6 -> Tunnel.Ip6tnl.Mode.IP6IP6;
            default -> Tunnel.Ip6tnl.Mode.ANY;
        };
    }

    private static OptionalInt encapsulationLimit(Attributes data) {
        return (data.u32(IFLA_IPTUN_FLAGS) & IP6_TNL_F_IGN_ENCAP_LIMIT) != 0
                ? OptionalInt.empty()
                : OptionalInt.of(data.u8(IFLA_IPTUN_ENCAP_LIMIT));
    }

    private static Optional<TunnelEncapsulation> encapsulation(Attributes data) {
        int type = data.has(IFLA_IPTUN_ENCAP_TYPE) ? data.u16(IFLA_IPTUN_ENCAP_TYPE) : 0;
        if (type == TUNNEL_ENCAP_NONE) {
            return Optional.of(new TunnelEncapsulation.None());
        }
        int source = data.u16BigEndian(IFLA_IPTUN_ENCAP_SPORT);
        int destination = data.u16BigEndian(IFLA_IPTUN_ENCAP_DPORT);
        Set<UdpChecksum> checksums = UdpChecksum.ofBits(data.u16(IFLA_IPTUN_ENCAP_FLAGS));
        if (destination == 0) {
            return Optional.empty();
        }
        return switch (type) {
            case TUNNEL_ENCAP_FOU ->
                    Optional.of(new TunnelEncapsulation.Fou(source, destination, checksums));
            case TUNNEL_ENCAP_GUE ->
                    Optional.of(new TunnelEncapsulation.Gue(source, destination, checksums));
            default -> Optional.empty();
        };
    }
}
