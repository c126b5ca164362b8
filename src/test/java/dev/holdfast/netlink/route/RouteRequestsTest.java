package dev.holdfast.netlink.route;

import static dev.holdfast.netlink.route.LinuxRtnetlink.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.netlink.AddressFamily;
import dev.holdfast.netlink.Attributes;
import dev.holdfast.netlink.Capture;
import dev.holdfast.netlink.NetlinkException;
import dev.holdfast.netlink.NetlinkMessage;
import dev.holdfast.netlink.NetlinkRequest;
import dev.holdfast.netlink.NetlinkSocket;
import dev.holdfast.netlink.ScriptedKernel;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Our requests ask for what `ip` asks for: the same headers, and each attribute of ours is in its.
///
/// `ip` adds attributes that say what the kernel takes for granted, and it has another order.
class RouteRequestsTest {

    private static final int OURS = 219;
    // As they were in the kernel that the captures are from.
    private static final Map<String, Integer> INDEXES = Map.of("lo", 1, "t4", 6);
    private static final InetAddress LOCAL = ip("10.2.1.2");
    private static final InetAddress LOCAL6 = ip("fd00::2");

    static Stream<Arguments> links() {
        return Stream.of(
                arguments(
                        "link-add-ipip-fou",
                        Link.tunnel(
                                        "t4",
                                        Tunnel.Ipip.of(LOCAL, ip("10.3.1.2"), 64)
                                                .in(new TunnelEncapsulation.Fou(0, 5555, Set.of())))
                                .inGroup(OURS)
                                .withMtuBytes(1472)),
                arguments(
                        "link-add-sit-gue",
                        Link.tunnel(
                                "s6",
                                Tunnel.Sit.of(LOCAL, ip("10.3.1.2"), 64)
                                        .in(
                                                new TunnelEncapsulation.Gue(
                                                        0, 5667, Set.of(UdpChecksum.OVER_IPV4))))),
                arguments(
                        "link-add-ip6tnl-fou",
                        Link.tunnel(
                                "t6",
                                Tunnel.Ip6tnl.of(
                                                Tunnel.Ip6tnl.Mode.IP6IP6,
                                                LOCAL6,
                                                ip("fd00:3::2"),
                                                64)
                                        .in(new TunnelEncapsulation.Fou(5666)))),
                arguments(
                        "link-add-ip6tnl-limit",
                        Link.tunnel(
                                "t46",
                                new Tunnel.Ip6tnl(
                                        Tunnel.Ip6tnl.Mode.IP4IP6,
                                        LOCAL6,
                                        ip("fd00:3::3"),
                                        64,
                                        OptionalInt.of(4),
                                        new TunnelEncapsulation.None()))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("links")
    void tunnelsAreAskedForAsIpDoes(String capture, Link link) {
        NetlinkMessage theirs = Capture.of(capture).request();
        NetlinkMessage ours = sent(LinkEncoder.change(new LinkChange.Add(link)));

        assertThat(ours.type()).isEqualTo(theirs.type());
        assertThat(ours.flags()).isEqualTo(theirs.flags());
        Attributes ourLink = ours.attributes(IFINFOMSG_BYTES);
        Attributes theirLink = theirs.attributes(IFINFOMSG_BYTES);
        assertContained(ourLink, theirLink, IFLA_IFNAME, IFLA_MTU, IFLA_GROUP);
        Attributes ourInfo = ourLink.nested(IFLA_LINKINFO);
        Attributes theirInfo = theirLink.nested(IFLA_LINKINFO);
        assertThat(ourInfo.string(IFLA_INFO_KIND)).isEqualTo(theirInfo.string(IFLA_INFO_KIND));
        assertContained(
                ourInfo.nested(IFLA_INFO_DATA),
                theirInfo.nested(IFLA_INFO_DATA),
                IFLA_IPTUN_LOCAL,
                IFLA_IPTUN_REMOTE,
                IFLA_IPTUN_TTL,
                IFLA_IPTUN_ENCAP_LIMIT,
                IFLA_IPTUN_FLAGS,
                IFLA_IPTUN_PROTO,
                IFLA_IPTUN_ENCAP_TYPE,
                IFLA_IPTUN_ENCAP_FLAGS,
                IFLA_IPTUN_ENCAP_SPORT,
                IFLA_IPTUN_ENCAP_DPORT);
    }

    @Test
    void aLinkIsMadeUp() {
        Link link = Link.tunnel("t4", Tunnel.Ipip.of(LOCAL, ip("10.3.1.2"), 64));
        NetlinkMessage ours = sent(LinkEncoder.change(new LinkChange.Add(link)));

        assertThat(ours.header(IFINFOMSG_BYTES).getInt(8)).isEqualTo(IFF_UP);
        assertThat(ours.header(IFINFOMSG_BYTES).getInt(12)).isEqualTo(IFF_UP);
    }

    @Test
    void aGroupIsDeletedByteByByteAsIpDoes() {
        assertThat(sent(LinkEncoder.deleteGroup(OURS)).body())
                .isEqualTo(Capture.of("link-delete-group").request().body());
    }

    static Stream<Arguments> routes() {
        return Stream.of(
                arguments("route-add-local", Route.local(prefix("198.51.100.0", 24)).by(OURS)),
                arguments(
                        "route-add-link",
                        Route.to(prefix("203.0.113.1", 32)).through("t4").by(OURS)),
                arguments(
                        "route-add-gateway",
                        Route.to(prefix("203.0.113.0", 24)).via(ip("10.2.1.1")).by(OURS)),
                arguments(
                        "route-add-blackhole",
                        Route.blackhole(prefix("203.0.112.0", 24)).inTable(1000).by(OURS)),
                arguments(
                        "route-add-v6",
                        Route.to(prefix("fd02::", 64)).via(ip("fd00::1")).withPriority(5).by(OURS)),
                arguments(
                        "route-add-multipath",
                        new Route(
                                prefix("192.0.2.0", 24),
                                Route.MAIN_TABLE,
                                RouteType.UNICAST,
                                Scope.UNIVERSE,
                                OURS,
                                0,
                                List.of(
                                        new NextHop(null, ip("10.2.1.7"), 1),
                                        new NextHop(null, ip("10.2.1.8"), 3)))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("routes")
    void routesAreAskedForAsIpDoes(String capture, Route route) throws NetlinkException {
        NetlinkMessage theirs = Capture.of(capture).request();
        NetlinkMessage ours = sent(RouteEncoder.encode(new RouteChange.Add(route), INDEXES));

        assertThat(ours.type()).isEqualTo(theirs.type());
        assertThat(ours.flags()).isEqualTo(theirs.flags());
        assertThat(ours.header(RTMSG_BYTES)).isEqualTo(theirs.header(RTMSG_BYTES));
        assertContained(
                ours.attributes(RTMSG_BYTES),
                theirs.attributes(RTMSG_BYTES),
                RTA_DST,
                RTA_OIF,
                RTA_GATEWAY,
                RTA_PRIORITY,
                RTA_TABLE,
                RTA_MULTIPATH);
        assertThat(ours.body().limit()).isEqualTo(theirs.body().limit());
    }

    @Test
    void addressesAreAskedForByteByByteAsIpDoes() {
        for (var expected :
                Map.of("address-add", "198.51.100.1", "address-add-v6", "2001:db8::1").entrySet()) {
            InterfaceAddress address = InterfaceAddress.host("lo", ip(expected.getValue()), 0);
            NetlinkMessage ours = sent(AddressCodec.encode(new AddressChange.Add(address), 1));
            NetlinkMessage theirs = Capture.of(expected.getKey()).request();

            assertThat(ours.flags()).isEqualTo(theirs.flags());
            assertThat(ours.body()).isEqualTo(theirs.body());
        }
    }

    @Test
    void anAddressCarriesItsMaker() {
        InterfaceAddress address = InterfaceAddress.host("lo", ip("198.51.100.1"), OURS);
        NetlinkMessage ours = sent(AddressCodec.encode(new AddressChange.Add(address), 1));

        assertThat(ours.attributes(IFADDRMSG_BYTES).u8(IFA_PROTO)).isEqualTo(OURS);
    }

    @Test
    void aFilterStandsInTheHeaderForTheKernelToApply() {
        NetlinkMessage theirs = Capture.of("route-list").request();
        NetlinkMessage ours = sent(RouteEncoder.list(RouteFilter.of(AddressFamily.INET).by(OURS)));

        assertThat(ours.body()).isEqualTo(theirs.body());
    }

    private static void assertContained(Attributes ours, Attributes theirs, int... types) {
        for (int type : types) {
            if (ours.has(type)) {
                assertThat(ours.bytes(type)).as("attribute %d", type).isEqualTo(theirs.bytes(type));
            }
        }
    }

    private static NetlinkMessage sent(NetlinkRequest request) {
        ScriptedKernel kernel = ScriptedKernel.acknowledging();
        assertThat(NetlinkSocket.over(kernel).executeAll(List.of(request))).isEmpty();
        return kernel.lastSent();
    }

    private static IpPrefix prefix(String address, int length) {
        return new IpPrefix(ip(address), length);
    }

    private static InetAddress ip(String address) {
        return InetAddress.ofLiteral(address);
    }
}
