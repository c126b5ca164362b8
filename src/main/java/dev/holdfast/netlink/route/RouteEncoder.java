package dev.holdfast.netlink.route;

import static dev.holdfast.netlink.LinuxNetlink.NLM_F_CREATE;
import static dev.holdfast.netlink.LinuxNetlink.NLM_F_EXCL;
import static dev.holdfast.netlink.LinuxNetlink.NLM_F_REPLACE;
import static dev.holdfast.netlink.route.LinuxRtnetlink.*;

import dev.holdfast.netlink.AddressFamily;
import dev.holdfast.netlink.NetlinkException;
import dev.holdfast.netlink.NetlinkRequest;
import dev.holdfast.netlink.PayloadWriter;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;

/// Writes what is asked of routes as requests with a `struct rtmsg`.
final class RouteEncoder {

    private static final int LARGEST_TABLE_IN_HEADER = 255;

    private RouteEncoder() {}

    static NetlinkRequest list(RouteFilter filter) {
        long table = filter.table().orElse(RT_TABLE_UNSPEC);
        PayloadWriter payload =
                header(filter.family(), 0, table, filter.protocol().orElse(0), 0, 0);
        putTable(payload, table);
        return new NetlinkRequest(
                () -> "list " + filter.family() + " routes", RTM_GETROUTE, 0, payload.toBytes());
    }

    static String describe(RouteChange change) {
        return switch (change) {
            case RouteChange.Add(var route) -> "add route " + route.destination();
            case RouteChange.Replace(var route) -> "replace route " + route.destination();
            case RouteChange.Delete(var route) -> "delete route " + route.destination();
        };
    }

    static NetlinkRequest encode(RouteChange change, Map<String, Integer> indexes)
            throws NetlinkException {
        byte[] payload = encode(change.route(), indexes, describe(change));
        return switch (change) {
            case RouteChange.Add _ ->
                    request(change, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_EXCL, payload);
            case RouteChange.Replace _ ->
                    request(change, RTM_NEWROUTE, NLM_F_CREATE | NLM_F_REPLACE, payload);
            case RouteChange.Delete _ -> request(change, RTM_DELROUTE, 0, payload);
        };
    }

    private static NetlinkRequest request(RouteChange change, int type, int flags, byte[] payload) {
        return new NetlinkRequest(() -> describe(change), type, flags, payload);
    }

    private static byte[] encode(Route route, Map<String, Integer> indexes, String operation)
            throws NetlinkException {
        IpPrefix destination = route.destination();
        PayloadWriter payload =
                header(
                        destination.family(),
                        destination.length(),
                        route.table(),
                        route.protocol(),
                        route.scope().number(),
                        route.type().number());
        if (destination.length() > 0) {
            payload.bytes(RTA_DST, destination.address().getAddress());
        }
        putTable(payload, route.table());
        if (route.priority() != 0) {
            payload.u32(RTA_PRIORITY, (int) route.priority());
        }
        if (route.hops().size() == 1) {
            putHop(payload, destination.family(), route.hops().getFirst(), indexes, operation);
        } else if (!route.hops().isEmpty()) {
            payload.bytes(
                    RTA_MULTIPATH, hops(destination.family(), route.hops(), indexes, operation));
        }
        return payload.toBytes();
    }

    private static void putTable(PayloadWriter payload, long table) {
        if (table > LARGEST_TABLE_IN_HEADER) {
            payload.u32(RTA_TABLE, (int) table);
        }
    }

    private static void putHop(
            PayloadWriter payload,
            AddressFamily family,
            NextHop hop,
            Map<String, Integer> indexes,
            String operation)
            throws NetlinkException {
        if (hop.link() != null) {
            payload.u32(RTA_OIF, LinkIndexes.index(indexes, hop.link(), operation));
        }
        putGateway(payload, family, hop);
    }

    private static void putGateway(PayloadWriter payload, AddressFamily family, NextHop hop) {
        InetAddress gateway = hop.gateway();
        if (gateway == null) {
            return;
        }
        if (AddressFamily.of(gateway) == family) {
            payload.bytes(RTA_GATEWAY, gateway.getAddress());
        } else {
            payload.bytes(RTA_VIA, via(gateway)); // IPv4 over an IPv6 network, since Linux 5.2
        }
    }

    // struct rtvia: a family and an address
    private static byte[] via(InetAddress gateway) {
        PayloadWriter bytes = new PayloadWriter().u16(AddressFamily.of(gateway).number());
        for (byte part : gateway.getAddress()) {
            bytes.u8(part);
        }
        return bytes.toBytes();
    }

    // Each a struct rtnexthop and its attributes.
    private static byte[] hops(
            AddressFamily family,
            List<NextHop> hops,
            Map<String, Integer> indexes,
            String operation)
            throws NetlinkException {
        PayloadWriter bytes = new PayloadWriter();
        for (NextHop hop : hops) {
            PayloadWriter attributes = new PayloadWriter();
            putGateway(attributes, family, hop);
            int index = hop.link() == null ? 0 : LinkIndexes.index(indexes, hop.link(), operation);
            byte[] tail = attributes.toBytes();
            bytes.u16(RTNEXTHOP_BYTES + tail.length).u8(0).u8(hop.weight() - 1).u32(index);
            for (byte part : tail) {
                bytes.u8(part);
            }
        }
        return bytes.toBytes();
    }

    // struct rtmsg
    private static PayloadWriter header(
            AddressFamily family, int length, long table, int protocol, int scope, int type) {
        return new PayloadWriter()
                .u8(family.number())
                .u8(length)
                .u8(0)
                .u8(0)
                .u8(table > LARGEST_TABLE_IN_HEADER ? RT_TABLE_UNSPEC : (int) table)
                .u8(protocol)
                .u8(scope)
                .u8(type)
                .u32(0);
    }
}
