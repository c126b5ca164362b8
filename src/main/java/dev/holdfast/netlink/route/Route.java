package dev.holdfast.netlink.route;

import dev.holdfast.netlink.AddressFamily;
import java.net.InetAddress;
import java.util.List;

/// A route.
///
/// @param table 254 is the main one, 255 that of local addresses
/// @param protocol who made it, a number of the maker's choice from 5 to 255
/// @param priority the lower wins (`metric`); IPv6 makes 1024 of 0
/// @param hops more than one share the traffic; none where packets are dropped
public record Route(
        IpPrefix destination,
        long table,
        RouteType type,
        Scope scope,
        int protocol,
        long priority,
        List<NextHop> hops) {

    public static final long MAIN_TABLE = LinuxRtnetlink.RT_TABLE_MAIN;
    public static final long LOCAL_TABLE = LinuxRtnetlink.RT_TABLE_LOCAL;

    private static final int RTPROT_STATIC = 4; // linux/rtnetlink.h: made by a person
    private static final long MAX_U32 = 0xffff_ffffL;

    public Route {
        if (table < 1 || table > MAX_U32) {
            throw new IllegalArgumentException("table: " + table + " (expected: 1 to 4294967295)");
        }
        if (protocol < 0 || protocol > 255) {
            throw new IllegalArgumentException(
                    "route protocol: " + protocol + " (expected: 0 to 255)");
        }
        if (priority < 0 || priority > MAX_U32) {
            throw new IllegalArgumentException(
                    "priority: " + priority + " (expected: 0 to 4294967295)");
        }
        hops = List.copyOf(hops);
    }

    /// A route of the main table, for [#through], [#via] or both.
    public static Route to(IpPrefix destination) {
        return make(destination, MAIN_TABLE, RouteType.UNICAST, Scope.UNIVERSE);
    }

    /// This machine takes in packets to these addresses as if each were its own.
    public static Route local(IpPrefix destination) {
        Scope scope = destination.family() == AddressFamily.INET ? Scope.HOST : Scope.UNIVERSE;
        return make(destination, LOCAL_TABLE, RouteType.LOCAL, scope).through("lo");
    }

    /// Packets to these addresses are dropped.
    public static Route blackhole(IpPrefix destination) {
        return make(destination, MAIN_TABLE, RouteType.BLACKHOLE, Scope.UNIVERSE);
    }

    private static Route make(IpPrefix destination, long table, RouteType type, Scope scope) {
        // What the kernel would make of 0, so that what is asked for equals what is seen.
        long priority =
                destination.family() == AddressFamily.INET6 ? LinuxRtnetlink.IP6_RT_PRIO_USER : 0;
        return new Route(destination, table, type, scope, RTPROT_STATIC, priority, List.of());
    }

    /// Over a link, to a neighbour or into a tunnel.
    public Route through(String link) {
        // IPv6 knows no scopes.
        boolean neighbour = type == RouteType.UNICAST && destination.family() == AddressFamily.INET;
        return with(neighbour ? Scope.LINK : scope, new NextHop(link, null, 1));
    }

    /// To a gateway on a link that the kernel finds.
    public Route via(InetAddress gateway) {
        return with(scope, new NextHop(null, gateway, 1));
    }

    /// To a gateway on this link.
    public Route via(InetAddress gateway, String link) {
        return with(scope, new NextHop(link, gateway, 1));
    }

    public Route by(int newProtocol) {
        return new Route(destination, table, type, scope, newProtocol, priority, hops);
    }

    public Route inTable(long newTable) {
        return new Route(destination, newTable, type, scope, protocol, priority, hops);
    }

    public Route withPriority(long newPriority) {
        return new Route(destination, table, type, scope, protocol, newPriority, hops);
    }

    private Route with(Scope newScope, NextHop hop) {
        return new Route(destination, table, type, newScope, protocol, priority, List.of(hop));
    }
}
