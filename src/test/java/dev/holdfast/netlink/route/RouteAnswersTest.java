package dev.holdfast.netlink.route;

import static dev.holdfast.netlink.route.LinuxRtnetlink.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.holdfast.netlink.AddressFamily;
import dev.holdfast.netlink.Capture;
import dev.holdfast.netlink.Fuzz;
import dev.holdfast.netlink.NetlinkException;
import dev.holdfast.netlink.NetlinkMessage;
import dev.holdfast.netlink.NetlinkSocket;
import dev.holdfast.netlink.NetlinkTransport;
import dev.holdfast.netlink.Replies;
import dev.holdfast.netlink.ScriptedKernel;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/// What a real kernel answered `ip`, read by us.
class RouteAnswersTest {

    private static final int OURS = 219;

    @Test
    void theLinks() throws NetlinkException {
        RouteClient route = RouteClient.over(NetlinkSocket.over(kernel()));
        List<ObservedLink> links = route.links().list();

        assertThat(links)
                .extracting(ObservedLink::name)
                .contains("lo", "tunl0", "sit0", "ip6tnl0", "d0", "t4", "s6", "t6", "t46");
        ObservedLink t4 = named(links, "t4");
        assertThat(t4.state()).isEqualTo(LinkState.UP);
        assertThat(t4.mtuBytes()).isEqualTo(1472);
        assertThat(t4.group()).isEqualTo(OURS);
        assertThat(t4.alias()).isEqualTo("hf:one");
        assertThat(t4.kind()).isEqualTo("ipip");
        assertThat(t4.tunnel())
                .contains(
                        Tunnel.Ipip.of(ip("10.2.1.2"), ip("10.3.1.2"), 64)
                                .in(new TunnelEncapsulation.Fou(0, 5555, Set.of())));
        assertThat(named(links, "s6").tunnel())
                .contains(
                        Tunnel.Sit.of(ip("10.2.1.2"), ip("10.3.1.2"), 64)
                                .in(
                                        new TunnelEncapsulation.Gue(
                                                0, 5667, Set.of(UdpChecksum.OVER_IPV4))));
        assertThat(named(links, "t6").tunnel())
                .contains(
                        Tunnel.Ip6tnl.of(
                                        Tunnel.Ip6tnl.Mode.IP6IP6,
                                        ip("fd00::2"),
                                        ip("fd00:3::2"),
                                        64)
                                .in(new TunnelEncapsulation.Fou(5666)));
        assertThat(named(links, "t46").tunnel())
                .map(Tunnel.Ip6tnl.class::cast)
                .map(Tunnel.Ip6tnl::encapsulationLimit)
                .contains(OptionalInt.of(4));
        assertThat(named(links, "lo").kind()).isEmpty();
        assertThat(named(links, "d0").tunnel()).isEmpty();
    }

    @Test
    void theAddresses() throws NetlinkException {
        RouteClient route = RouteClient.over(NetlinkSocket.over(kernel()));

        // `ip` asks once for both families, so the same answer comes to both our questions.
        assertThat(Set.copyOf(route.addresses().list()))
                .contains(
                        InterfaceAddress.host("lo", ip("198.51.100.1"), 0),
                        InterfaceAddress.host("lo", ip("2001:db8::1"), 0),
                        new InterfaceAddress("d0", ip("10.2.1.2"), 24, Scope.UNIVERSE, 0),
                        new InterfaceAddress("d0", ip("fd00::2"), 64, Scope.UNIVERSE, 0));
    }

    @Test
    void theRoutes() throws NetlinkException {
        RouteClient route = RouteClient.over(NetlinkSocket.over(kernel()));

        assertThat(route.routes().list(RouteFilter.of(AddressFamily.INET)))
                .containsExactlyInAnyOrder(
                        Route.local(prefix("198.51.100.0", 24)).by(OURS),
                        Route.to(prefix("203.0.113.1", 32)).through("t4").by(OURS),
                        Route.to(prefix("203.0.113.0", 24)).via(ip("10.2.1.1"), "d0").by(OURS),
                        Route.blackhole(prefix("203.0.112.0", 24)).inTable(1000).by(OURS),
                        new Route(
                                prefix("192.0.2.0", 24),
                                Route.MAIN_TABLE,
                                RouteType.UNICAST,
                                Scope.UNIVERSE,
                                OURS,
                                0,
                                List.of(
                                        new NextHop("d0", ip("10.2.1.7"), 1),
                                        new NextHop("d0", ip("10.2.1.8"), 3))));
        assertThat(route.routes().list(RouteFilter.of(AddressFamily.INET6)))
                .contains(
                        Route.to(prefix("fd02::", 64))
                                .via(ip("fd00::1"), "d0")
                                .withPriority(5)
                                .by(OURS));
    }

    @Test
    void aRouteWhoseLinkIsGoneIsGoneToo() {
        NumberedRoute orphan =
                new NumberedRoute(
                        Route.to(prefix("192.0.2.0", 24)),
                        List.of(new NumberedRoute.Hop(9, ip("10.2.1.7"), 1)));

        assertThat(orphan.named(Map.of(1, "lo"))).isEmpty();
    }

    @Test
    void aTableThatIsNotThereIsEmpty() throws NetlinkException {
        RouteClient route =
                RouteClient.over(
                        NetlinkSocket.over(
                                ScriptedKernel.answering(
                                        request -> List.of(Replies.error(request, 2)))));

        assertThat(route.routes().list(RouteFilter.of(AddressFamily.INET).inTable(77))).isEmpty();
    }

    @Test
    void aMissingLinkIsNone() throws NetlinkException {
        RouteClient route =
                RouteClient.over(
                        NetlinkSocket.over(
                                ScriptedKernel.answering(
                                        request -> List.of(Replies.error(request, 19)))));

        assertThat(route.links().find("nowhere")).isEqualTo(Optional.empty());
        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() ->
                        route.routes().add(Route.to(prefix("192.0.2.0", 24)).through("nowhere")))
                .withMessage(
                        "netlink: add route 192.0.2.0/24: ENODEV: link nowhere: No such device");
    }

    @Test
    void aRefusalComesWithTheKernelsWords() {
        Capture.Exchange refused = Capture.of("route-add-gateway-refused").exchanges().getFirst();
        RouteClient route =
                RouteClient.over(NetlinkSocket.over(ScriptedKernel.answering(refused::answersTo)));

        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() ->
                        route.routes()
                                .add(Route.to(prefix("203.0.113.0", 24)).via(ip("192.0.2.99"))))
                .withMessage(
                        "netlink: add route 203.0.113.0/24: ENETUNREACH: Nexthop has invalid"
                                + " gateway");
    }

    @Test
    void spoiledAnswersNeverDoMoreThanFail() {
        check(20250903L, "link-list", kernel -> client(kernel).links().list());
        check(20250904L, "address-list", kernel -> client(kernel).addresses().list());
        for (AddressFamily family : AddressFamily.values()) {
            check(
                    20250905L,
                    family == AddressFamily.INET ? "route-list" : "route-list-v6",
                    kernel -> client(kernel).routes().list(RouteFilter.of(family)));
        }
    }

    private static void check(long seed, String capture, Fuzz.Reader reader) {
        Fuzz.check(seed, List.of(), Capture.of(capture).exchanges().getFirst(), reader);
    }

    private static RouteClient client(NetlinkTransport kernel) {
        return RouteClient.over(NetlinkSocket.over(kernel));
    }

    private static NetlinkTransport kernel() {
        return ScriptedKernel.answering(
                request -> Capture.of(capture(request)).exchanges().getFirst().answersTo(request));
    }

    private static String capture(NetlinkMessage request) {
        return switch (request.type()) {
            case RTM_GETLINK -> "link-list";
            case RTM_GETADDR -> "address-list";
            default ->
                    request.header(RTMSG_BYTES).get(0) == AddressFamily.INET.number()
                            ? "route-list"
                            : "route-list-v6";
        };
    }

    private static ObservedLink named(List<ObservedLink> links, String name) {
        return links.stream().filter(link -> link.name().equals(name)).findFirst().orElseThrow();
    }

    private static IpPrefix prefix(String address, int length) {
        return new IpPrefix(ip(address), length);
    }

    private static InetAddress ip(String address) {
        return InetAddress.ofLiteral(address);
    }
}
