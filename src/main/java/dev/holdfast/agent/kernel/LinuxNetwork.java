package dev.holdfast.agent.kernel;

import dev.holdfast.netlink.AddressFamily;
import dev.holdfast.netlink.NetlinkException;
import dev.holdfast.netlink.route.InterfaceAddress;
import dev.holdfast.netlink.route.IpPrefix;
import dev.holdfast.netlink.route.Link;
import dev.holdfast.netlink.route.NextHop;
import dev.holdfast.netlink.route.ObservedLink;
import dev.holdfast.netlink.route.RouteClient;
import dev.holdfast.netlink.route.RouteFilter;
import dev.holdfast.netlink.route.RouteType;
import dev.holdfast.netlink.route.TunnelEncapsulation;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Links, routes and addresses, translated between the library's words and ours. Sees only what has
/// our [Marks], but for addresses.
final class LinuxNetwork implements AutoCloseable {

    private static final String LOOPBACK = "lo";

    private final RouteClient client;

    private LinuxNetwork(RouteClient client) {
        this.client = client;
    }

    static LinuxNetwork open() throws NetlinkException {
        return new LinuxNetwork(RouteClient.open());
    }

    List<ObservedTunnel> tunnels() throws NetlinkException {
        return client.links().list().stream()
                .map(LinuxNetwork::ours)
                .flatMap(Optional::stream)
                .toList();
    }

    Optional<ObservedTunnel> tunnel(String name) throws NetlinkException {
        return client.links().find(name).flatMap(LinuxNetwork::ours);
    }

    Map<String, LinkState> links(Set<String> names) throws NetlinkException {
        Map<String, LinkState> states = new HashMap<>();
        for (String name : names) {
            client.links().find(name).ifPresent(link -> states.put(name, state(link)));
        }
        return states;
    }

    List<Route> routes() throws NetlinkException {
        List<Route> routes = new ArrayList<>();
        for (AddressFamily family : AddressFamily.values()) {
            RouteFilter ours = RouteFilter.of(family).by(Marks.PROTOCOL);
            for (var route : client.routes().list(ours)) {
                Route.Table table = table(route);
                String link = onlyLink(route.hops());
                if (table != null && link != null) {
                    routes.add(new Route(table, prefix(route.destination()), link));
                }
            }
        }
        return routes;
    }

    /// Those of one machine alone, as a VIP is.
    ///
    /// @param ours whether ours or those of others
    Set<Prefix> addresses(boolean ours) throws NetlinkException {
        Set<Prefix> addresses = new HashSet<>();
        for (InterfaceAddress address : client.addresses().list(LOOPBACK)) {
            boolean isOfOneMachine =
                    address.prefixLength() == address.address().getAddress().length * Byte.SIZE;
            if (isOfOneMachine && (address.protocol() == Marks.PROTOCOL) == ours) {
                addresses.add(new Prefix(IpAddress.of(address.address()), address.prefixLength()));
            }
        }
        return addresses;
    }

    void take(Step step) throws NetlinkException {
        switch (step) {
            case Step.AddTunnel(Tunnel tunnel) -> {
                client.links().add(link(tunnel));
                client.links().setAlias(tunnel.name(), tunnel.alias());
            }
            case Step.RemoveTunnel(String name) -> client.links().delete(name);
            case Step.SetLinkUp(String name) -> client.links().up(name);
            case Step.AddRoute(Route route) -> client.routes().add(route(route));
            case Step.RemoveRoute(Route route) -> client.routes().delete(route(route));
            case Step.AddAddress(Prefix address) -> client.addresses().add(address(address));
            case Step.RemoveAddress(Prefix address) -> client.addresses().delete(address(address));
            case Step.LoadModule _,
                    Step.SetSysctl _,
                    Step.AddListener _,
                    Step.RemoveListener _,
                    Step.OnService _ ->
                    throw new IllegalArgumentException(step + " (expected: links or routes)");
        }
    }

    private static InterfaceAddress address(Prefix address) {
        return InterfaceAddress.host(LOOPBACK, address.address().toInetAddress(), Marks.PROTOCOL);
    }

    private static dev.holdfast.netlink.route.Route route(Route route) {
        IpPrefix prefix =
                new IpPrefix(route.prefix().address().toInetAddress(), route.prefix().length());
        return switch (route.table()) {
            case LOCAL -> dev.holdfast.netlink.route.Route.local(prefix).by(Marks.PROTOCOL);
            case MAIN ->
                    dev.holdfast.netlink.route.Route.to(prefix)
                            .through(route.link())
                            .by(Marks.PROTOCOL);
        };
    }

    private static Route.@Nullable Table table(dev.holdfast.netlink.route.Route route) {
        if (route.type() == RouteType.LOCAL
                && route.table() == dev.holdfast.netlink.route.Route.LOCAL_TABLE) {
            return Route.Table.LOCAL;
        }
        return route.type() == RouteType.UNICAST
                        && route.table() == dev.holdfast.netlink.route.Route.MAIN_TABLE
                ? Route.Table.MAIN
                : null;
    }

    private static @Nullable String onlyLink(List<NextHop> hops) {
        return hops.size() == 1 ? hops.getFirst().link() : null;
    }

    private static Prefix prefix(IpPrefix prefix) {
        return new Prefix(IpAddress.of(prefix.address()), prefix.length());
    }

    private static Link link(Tunnel tunnel) {
        var local = tunnel.local().toInetAddress();
        var remote = tunnel.remote().toInetAddress();
        TunnelEncapsulation fou = new TunnelEncapsulation.Fou(tunnel.port());
        var kind =
                switch (tunnel.kind()) {
                    case IPIP ->
                            dev.holdfast.netlink.route.Tunnel.Ipip.of(local, remote, Tunnel.TTL)
                                    .in(fou);
                    case SIT ->
                            dev.holdfast.netlink.route.Tunnel.Sit.of(local, remote, Tunnel.TTL)
                                    .in(fou);
                    case IP6TNL ->
                            dev.holdfast.netlink.route.Tunnel.Ip6tnl.of(
                                            dev.holdfast.netlink.route.Tunnel.Ip6tnl.Mode.IP6IP6,
                                            local,
                                            remote,
                                            Tunnel.TTL)
                                    .in(fou);
                };
        return Link.tunnel(tunnel.name(), kind).inGroup(Marks.LINK_GROUP);
    }

    /// One of ours, if it is a tunnel with FOU; a link of another kind under our marks was not made
    /// by us.
    private static Optional<ObservedTunnel> ours(ObservedLink link) {
        if (!link.name().startsWith(Marks.LINK_PREFIX)
                || link.group() != Marks.LINK_GROUP
                || link.tunnel().isEmpty()) {
            return Optional.empty();
        }
        var tunnel = link.tunnel().get();
        Tunnel.Kind kind =
                switch (tunnel) {
                    case dev.holdfast.netlink.route.Tunnel.Ipip _ -> Tunnel.Kind.IPIP;
                    case dev.holdfast.netlink.route.Tunnel.Sit _ -> Tunnel.Kind.SIT;
                    case dev.holdfast.netlink.route.Tunnel.Ip6tnl _ -> Tunnel.Kind.IP6TNL;
                };
        int port =
                tunnel.encapsulation() instanceof TunnelEncapsulation.Fou fou
                        ? fou.destinationPort()
                        : 0; // not what we make: planned away
        return Optional.of(
                new ObservedTunnel(
                        new Tunnel(
                                link.name(),
                                kind,
                                IpAddress.of(tunnel.local()),
                                IpAddress.of(tunnel.remote()),
                                port,
                                link.alias()),
                        state(link)));
    }

    private static LinkState state(ObservedLink link) {
        return switch (link.state()) {
            case UP -> LinkState.UP;
            case DOWN -> LinkState.DOWN;
        };
    }

    @Override
    public void close() {
        client.close();
    }
}
