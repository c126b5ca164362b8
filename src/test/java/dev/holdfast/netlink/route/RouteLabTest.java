package dev.holdfast.netlink.route;

import static dev.holdfast.netlink.Commands.run;
import static dev.holdfast.netlink.Commands.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.lab.InGuest;
import dev.holdfast.netlink.AddressFamily;
import dev.holdfast.netlink.Errno;
import dev.holdfast.netlink.NetlinkException;
import java.net.InetAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The kernel has the addresses and routes that are asked for, and `ip` sees the same.
@InGuest
class RouteLabTest {

    private static final int OURS = 219;

    private RouteClient route;

    @BeforeEach
    void open() throws Exception {
        run(
                """
                ip link set lo up
                ip link add d0 type dummy
                ip link set d0 up
                ip addr add 10.2.1.2/24 dev d0
                ip addr add fd00::2/64 dev d0 nodad
                """);
        route = RouteClient.open();
    }

    @AfterEach
    void tidy() throws Exception {
        route.close();
        run(
                "ip link del d0; ip addr flush dev lo scope global; ip route flush table all proto 219;"
                        + " ip -6 route flush table all proto 219");
    }

    @Test
    void addressesCarryTheMarkOfTheirMaker() throws Exception {
        InterfaceAddress vip = host("lo", "198.51.100.1");
        InterfaceAddress vip6 = host("lo", "2001:db8::1");
        InterfaceAddress net = new InterfaceAddress("d0", ip("192.0.2.5"), 24, Scope.LINK, OURS);
        for (InterfaceAddress address : List.of(vip, vip6, net)) {
            route.addresses().add(address);
        }

        assertThat(route.addresses().list()).contains(vip, vip6, net);
        assertThat(route.addresses().list("lo")).contains(vip, vip6).doesNotContain(net);
        assertThat(table("ip -o addr show dev lo").lines())
                .anyMatch(line -> line.contains("inet 198.51.100.1/32 scope global lo"))
                .anyMatch(line -> line.contains("inet6 2001:db8::1/128 scope global"));
        assertThat(table("ip -o -4 addr show dev d0")).contains("192.0.2.5/24 scope link d0");

        for (InterfaceAddress address : List.of(vip, vip6, net)) {
            route.addresses().delete(address);
        }
        assertThat(route.addresses().list()).doesNotContain(vip, vip6, net);
    }

    @Test
    void addressRefusalsSayWhatAndWhy() throws NetlinkException {
        route.addresses().add(host("lo", "198.51.100.1"));
        assertThat(
                        catchThrowableOfType(
                                NetlinkException.class,
                                () -> route.addresses().add(host("lo", "198.51.100.1"))))
                .extracting(NetlinkException::errno)
                .isEqualTo(Errno.EEXIST);
        assertThat(
                        catchThrowableOfType(
                                NetlinkException.class,
                                () -> route.addresses().delete(host("lo", "198.51.100.9"))))
                .extracting(NetlinkException::errno)
                .isEqualTo(Errno.EADDRNOTAVAIL);
        assertThat(
                        catchThrowableOfType(
                                NetlinkException.class,
                                () -> route.addresses().add(host("nowhere", "198.51.100.1"))))
                .hasMessage(
                        "netlink: add address 198.51.100.1/32 on nowhere: ENODEV: link nowhere: No"
                                + " such device");
    }

    @Test
    void routesOfEveryKindAreKeptAsAsked() throws Exception {
        List<Route> four =
                List.of(
                        Route.local(prefix("198.51.100.0", 24)).by(OURS),
                        Route.to(prefix("203.0.113.1", 32)).through("d0").by(OURS),
                        Route.to(prefix("203.0.113.0", 24)).via(ip("10.2.1.1"), "d0").by(OURS),
                        Route.blackhole(prefix("203.0.112.0", 24)).inTable(1000).by(OURS),
                        Route.to(prefix("0.0.0.0", 0))
                                .via(ip("10.2.1.1"), "d0")
                                .withPriority(7)
                                .by(OURS),
                        Route.to(prefix("192.0.2.0", 24)).via(ip("fd00::1"), "d0").by(OURS));
        List<Route> six =
                List.of(
                        Route.local(prefix("2001:db8::", 64)).by(OURS),
                        Route.to(prefix("fd01::1", 128)).through("d0").by(OURS),
                        Route.to(prefix("fd02::", 64))
                                .via(ip("fd00::1"), "d0")
                                .withPriority(5)
                                .by(OURS),
                        Route.blackhole(prefix("fd03::", 64)).by(OURS));
        for (Route one : four) {
            route.routes().add(one);
        }
        for (Route one : six) {
            route.routes().add(one);
        }

        assertThat(list(AddressFamily.INET)).containsExactlyInAnyOrderElementsOf(four);
        assertThat(list(AddressFamily.INET6)).containsExactlyInAnyOrderElementsOf(six);
        assertThat(table("ip route show table all proto 219").lines())
                .containsExactlyInAnyOrder(
                        "local 198.51.100.0/24 dev lo table local scope host",
                        "203.0.113.1 dev d0 scope link",
                        "203.0.113.0/24 via 10.2.1.1 dev d0",
                        "blackhole 203.0.112.0/24 table 1000",
                        "default via 10.2.1.1 dev d0 metric 7",
                        "192.0.2.0/24 via inet6 fd00::1 dev d0",
                        "local 2001:db8::/64 dev lo table local metric 1024 pref medium",
                        "fd01::1 dev d0 metric 1024 pref medium",
                        "fd02::/64 via fd00::1 dev d0 metric 5 pref medium",
                        "blackhole fd03::/64 dev lo metric 1024 pref medium");

        for (Route one : four) {
            route.routes().delete(one);
        }
        for (Route one : six) {
            route.routes().delete(one);
        }
        assertThat(list(AddressFamily.INET)).isEmpty();
        assertThat(list(AddressFamily.INET6)).isEmpty();
    }

    @Test
    void aFilterByTableAndMakerLeavesOutTheRest() throws Exception {
        run("ip route add 192.0.2.0/24 dev d0 proto 42 table 77");
        Route ours = Route.blackhole(prefix("203.0.112.0", 24)).inTable(77).by(OURS);
        route.routes().add(ours);

        RouteFilter table = RouteFilter.of(AddressFamily.INET).inTable(77);
        assertThat(route.routes().list(table)).hasSize(2);
        assertThat(route.routes().list(table.by(OURS))).containsExactly(ours);
        assertThat(route.routes().list(RouteFilter.of(AddressFamily.INET).inTable(78))).isEmpty();
        assertThat(route.routes().list(RouteFilter.of(AddressFamily.INET6).inTable(78))).isEmpty();
        run("ip route flush table 77");
    }

    @Test
    void everyoneElsesRoutesCanBeRead() throws Exception {
        run(
                """
                ip route add 192.0.2.0/24 nexthop via 10.2.1.7 nexthop via 10.2.1.8 weight 3
                ip route add 192.0.3.0/24 dev d0 scope 230
                ip -6 route add ::ffff:0:0/96 dev d0
                """);

        List<Route> all = route.routes().list(RouteFilter.of(AddressFamily.INET));
        assertThat(all)
                .filteredOn(found -> found.destination().equals(prefix("192.0.2.0", 24)))
                .singleElement()
                .extracting(Route::hops)
                .isEqualTo(
                        List.of(
                                new NextHop("d0", ip("10.2.1.7"), 1),
                                new NextHop("d0", ip("10.2.1.8"), 3)));
        assertThat(all).extracting(Route::scope).contains(new Scope(230));
        assertThat(route.routes().list(RouteFilter.of(AddressFamily.INET6)))
                .extracting(found -> found.destination().toString())
                .contains("0:0:0:0:0:ffff:0:0/96");
    }

    @Test
    void aRouteIsReplacedInItsPlace() throws NetlinkException {
        Route first = Route.to(prefix("203.0.113.0", 24)).via(ip("10.2.1.1"), "d0").by(OURS);
        Route second = Route.to(prefix("203.0.113.0", 24)).via(ip("10.2.1.9"), "d0").by(OURS);
        route.routes().replace(first);
        route.routes().replace(second);
        assertThat(list(AddressFamily.INET)).containsExactly(second);

        Route several =
                new Route(
                        first.destination(),
                        Route.MAIN_TABLE,
                        RouteType.UNICAST,
                        Scope.UNIVERSE,
                        OURS,
                        0,
                        List.of(
                                new NextHop("d0", ip("10.2.1.7"), 1),
                                new NextHop("d0", ip("10.2.1.8"), 3)));
        route.routes().replace(several);
        assertThat(list(AddressFamily.INET)).containsExactly(several);
    }

    @Test
    void aRefusedRouteComesWithTheKernelsWords() {
        NetlinkException refusal =
                catchThrowableOfType(
                        NetlinkException.class,
                        () ->
                                route.routes()
                                        .add(
                                                Route.to(prefix("203.0.113.0", 24))
                                                        .via(ip("192.0.2.77"))));

        assertThat(refusal.errno()).isEqualTo(Errno.ENETUNREACH);
        assertThat(refusal.kernelText()).contains("Nexthop has invalid gateway");
        assertThat(refusal)
                .hasMessage(
                        "netlink: add route 203.0.113.0/24: ENETUNREACH: Nexthop has invalid"
                                + " gateway");
    }

    private List<Route> list(AddressFamily family) throws NetlinkException {
        return route.routes().list(RouteFilter.of(family).by(OURS));
    }

    private static InterfaceAddress host(String link, String address) {
        return InterfaceAddress.host(link, ip(address), OURS);
    }

    private static IpPrefix prefix(String address, int length) {
        return new IpPrefix(ip(address), length);
    }

    private static InetAddress ip(String address) {
        return InetAddress.ofLiteral(address);
    }
}
