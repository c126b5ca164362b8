package dev.holdfast.netlink.route;

import static dev.holdfast.netlink.LinuxNetlink.NLM_F_CREATE;
import static dev.holdfast.netlink.LinuxNetlink.NLM_F_EXCL;
import static dev.holdfast.netlink.route.LinuxRtnetlink.*;

import dev.holdfast.netlink.NetlinkRequest;
import dev.holdfast.netlink.PayloadWriter;

/// Writes what is asked of links as requests. The kernel finds a link by its name itself.
final class LinkEncoder {

    private LinkEncoder() {}

    static NetlinkRequest list() {
        return new NetlinkRequest(
                () -> "list links",
                RTM_GETLINK,
                0,
                header().u32(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS).toBytes());
    }

    static NetlinkRequest get(String name) {
        Link.checkName(name);
        return new NetlinkRequest(
                () -> "get link " + name,
                RTM_GETLINK,
                0,
                header().u32(IFLA_EXT_MASK, RTEXT_FILTER_SKIP_STATS)
                        .string(IFLA_IFNAME, name)
                        .toBytes());
    }

    static NetlinkRequest deleteGroup(int group) {
        return new NetlinkRequest(
                () -> "delete links of group " + group,
                RTM_DELLINK,
                0,
                header().u32(IFLA_GROUP, group).toBytes());
    }

    static NetlinkRequest change(LinkChange change) {
        Link.checkName(change.name());
        return switch (change) {
            case LinkChange.Add(var link) ->
                    new NetlinkRequest(
                            () -> "add link " + link.name(),
                            RTM_NEWLINK,
                            NLM_F_CREATE | NLM_F_EXCL,
                            add(link));
            case LinkChange.SetState(var name, var state) ->
                    new NetlinkRequest(
                            () -> "set state of link " + name,
                            RTM_NEWLINK,
                            0,
                            header(state).string(IFLA_IFNAME, name).toBytes());
            case LinkChange.SetMtu(var name, int mtuBytes) ->
                    new NetlinkRequest(
                            () -> "set mtu of link " + name,
                            RTM_NEWLINK,
                            0,
                            header().string(IFLA_IFNAME, name).u32(IFLA_MTU, mtuBytes).toBytes());
            case LinkChange.SetAlias(var name, var alias) ->
                    new NetlinkRequest(
                            () -> "set alias of link " + name,
                            RTM_NEWLINK,
                            0,
                            header().string(IFLA_IFNAME, name)
                                    .string(IFLA_IFALIAS, alias)
                                    .toBytes());
            case LinkChange.SetGroup(var name, int group) ->
                    new NetlinkRequest(
                            () -> "set group of link " + name,
                            RTM_NEWLINK,
                            0,
                            header().string(IFLA_IFNAME, name).u32(IFLA_GROUP, group).toBytes());
            case LinkChange.Delete(var name) ->
                    new NetlinkRequest(
                            () -> "delete link " + name,
                            RTM_DELLINK,
                            0,
                            header().string(IFLA_IFNAME, name).toBytes());
        };
    }

    private static byte[] add(Link link) {
        PayloadWriter payload = header(link.state()).string(IFLA_IFNAME, link.name());
        link.mtuBytes().ifPresent(mtuBytes -> payload.u32(IFLA_MTU, mtuBytes));
        if (link.group() != 0) {
            payload.u32(IFLA_GROUP, link.group());
        }
        return payload.nestUnmarked(
                        IFLA_LINKINFO, nested -> TunnelCodec.encode(nested, link.tunnel()))
                .toBytes();
    }

    private static PayloadWriter header() {
        return header(0, 0);
    }

    private static PayloadWriter header(LinkState state) {
        return header(state == LinkState.UP ? IFF_UP : 0, IFF_UP);
    }

    // struct ifinfomsg; no index: the name tells which link
    private static PayloadWriter header(int flags, int changedFlags) {
        return new PayloadWriter().u8(0).u8(0).u16(0).u32(0).u32(flags).u32(changedFlags);
    }
}
