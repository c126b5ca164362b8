package dev.holdfast.netlink.route;

import static dev.holdfast.netlink.route.LinuxRtnetlink.*;

import dev.holdfast.netlink.AddressFamily;
import dev.holdfast.netlink.Attributes;
import dev.holdfast.netlink.MalformedMessage;
import dev.holdfast.netlink.NetlinkMessage;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Reads the kernel's routes.
final class RouteDecoder {

    private RouteDecoder() {}

    static NumberedRoute decode(NetlinkMessage message) {
        ByteBuffer header = message.header(RTMSG_BYTES);
        Attributes attributes = message.attributes(RTMSG_BYTES);
        AddressFamily family = AddressFamily.of(header.get(0));
        RouteType type = RouteType.of(unsigned(header, 7));
        Route route =
                new Route(
                        attributes.has(RTA_DST)
                                ? new IpPrefix(attributes.address(RTA_DST), unsigned(header, 1))
                                : IpPrefix.all(family),
                        attributes.has(RTA_TABLE)
                                ? Integer.toUnsignedLong(attributes.u32(RTA_TABLE))
                                : unsigned(header, 4),
                        type,
                        new Scope(unsigned(header, 6)),
                        unsigned(header, 5),
                        attributes.has(RTA_PRIORITY)
                                ? Integer.toUnsignedLong(attributes.u32(RTA_PRIORITY))
                                : 0,
                        List.of());
        // IPv6 has its dropping routes point to lo.
        return new NumberedRoute(route, type.leadsSomewhere() ? hops(attributes) : List.of());
    }

    private static int unsigned(ByteBuffer header, int offset) {
        return Byte.toUnsignedInt(header.get(offset));
    }

    private static List<NumberedRoute.Hop> hops(Attributes attributes) {
        if (!attributes.has(RTA_MULTIPATH)) {
            int index = attributes.has(RTA_OIF) ? attributes.u32(RTA_OIF) : 0;
            return List.of(new NumberedRoute.Hop(index, gateway(attributes), 1));
        }
        ByteBuffer rest = attributes.value(RTA_MULTIPATH, 0);
        List<NumberedRoute.Hop> hops = new ArrayList<>();
        while (rest.remaining() >= RTNEXTHOP_BYTES) {
            int start = rest.position();
            int length = Short.toUnsignedInt(rest.getShort(start));
            if (length < RTNEXTHOP_BYTES || length > rest.remaining()) {
                throw new MalformedMessage(
                        "next hop of %d bytes (expected: 8 to %d)"
                                .formatted(length, rest.remaining()));
            }
            ByteBuffer attributeBytes =
                    rest.slice(start + RTNEXTHOP_BYTES, length - RTNEXTHOP_BYTES);
            hops.add(
                    new NumberedRoute.Hop(
                            rest.getInt(start + 4),
                            gateway(Attributes.in(attributeBytes)),
                            unsigned(rest, start + 3) + 1));
            rest.position(Math.min(start + (length + 3 & -4), rest.limit())); // RTNH_ALIGN
        }
        return hops;
    }

    private static @Nullable InetAddress gateway(Attributes attributes) {
        if (attributes.has(RTA_GATEWAY)) {
            return attributes.address(RTA_GATEWAY);
        }
        if (!attributes.has(RTA_VIA)) {
            return null;
        }
        // struct rtvia: a family and an address
        ByteBuffer via = attributes.value(RTA_VIA, 2).order(ByteOrder.nativeOrder());
        byte[] address = new byte[AddressFamily.of(via.getShort()).addressLength()];
        if (via.remaining() < address.length) {
            throw new MalformedMessage(
                    "gateway of %d bytes (expected: %d)"
                            .formatted(via.remaining(), address.length));
        }
        via.get(address);
        return AddressFamily.address(address);
    }
}
