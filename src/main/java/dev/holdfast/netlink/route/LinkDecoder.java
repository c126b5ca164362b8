package dev.holdfast.netlink.route;

import static dev.holdfast.netlink.route.LinuxRtnetlink.*;

import dev.holdfast.netlink.Attributes;
import dev.holdfast.netlink.NetlinkMessage;
import java.nio.ByteBuffer;
import java.util.Optional;

/// Reads the kernel's links.
final class LinkDecoder {

    private LinkDecoder() {}

    static ObservedLink decode(NetlinkMessage message) {
        ByteBuffer header = message.header(IFINFOMSG_BYTES);
        Attributes link = message.attributes(IFINFOMSG_BYTES);
        Optional<Attributes> info =
                link.has(IFLA_LINKINFO)
                        ? Optional.of(link.nested(IFLA_LINKINFO))
                        : Optional.empty();
        Optional<Attributes> kind = info.filter(attributes -> attributes.has(IFLA_INFO_KIND));
        return new ObservedLink(
                header.getInt(4),
                link.string(IFLA_IFNAME),
                (header.getInt(8) & IFF_UP) == 0 ? LinkState.DOWN : LinkState.UP,
                link.u32(IFLA_MTU),
                link.has(IFLA_GROUP) ? link.u32(IFLA_GROUP) : 0,
                link.has(IFLA_IFALIAS) ? link.string(IFLA_IFALIAS) : "",
                kind.map(attributes -> attributes.string(IFLA_INFO_KIND)).orElse(""),
                kind.flatMap(TunnelCodec::decode));
    }
}
