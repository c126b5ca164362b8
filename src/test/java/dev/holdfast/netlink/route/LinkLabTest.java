package dev.holdfast.netlink.route;

import static dev.holdfast.netlink.Commands.run;
import static dev.holdfast.netlink.Commands.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.lab.InGuest;
import dev.holdfast.netlink.Errno;
import dev.holdfast.netlink.NetlinkException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The kernel makes the links that are asked for, and `ip` sees the same.
@InGuest
class LinkLabTest {

    private static final int OURS = 219;
    private static final InetAddress LOCAL = ip("10.2.1.2");
    private static final InetAddress LOCAL6 = ip("fd00::2");

    private RouteClient route;

    @BeforeEach
    void open() throws Exception {
        run(
                """
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
        run("ip link del group 219 2>/dev/null; ip link del d0");
    }

    @Test
    void tunnelsOfEveryKindAreKeptAsAsked() throws Exception {
        List<Tunnel> tunnels =
                List.of(
                        Tunnel.Ipip.of(LOCAL, ip("10.3.1.2"), 64),
                        Tunnel.Ipip.of(LOCAL, ip("10.3.2.2"), 64)
                                .in(new TunnelEncapsulation.Fou(5555)),
                        Tunnel.Ipip.of(LOCAL, ip("10.3.3.2"), 0)
                                .in(
                                        new TunnelEncapsulation.Gue(
                                                7000, 6080, Set.of(UdpChecksum.OVER_IPV4))),
                        Tunnel.Sit.of(LOCAL, ip("10.3.1.2"), 64),
                        Tunnel.Sit.of(LOCAL, ip("10.3.2.2"), 64)
                                .in(new TunnelEncapsulation.Fou(5556)),
                        Tunnel.Ip6tnl.of(Tunnel.Ip6tnl.Mode.IP6IP6, LOCAL6, ip("fd00:3::2"), 64)
                                .in(new TunnelEncapsulation.Fou(5556)),
                        Tunnel.Ip6tnl.of(Tunnel.Ip6tnl.Mode.IP4IP6, LOCAL6, ip("fd00:3::3"), 63)
                                .in(
                                        new TunnelEncapsulation.Gue(
                                                0, 6080, Set.of(UdpChecksum.REMOTE))),
                        new Tunnel.Ip6tnl(
                                Tunnel.Ip6tnl.Mode.ANY,
                                LOCAL6,
                                ip("fd00:3::4"),
                                0,
                                OptionalInt.of(3),
                                new TunnelEncapsulation.None()));
        for (int i = 0; i < tunnels.size(); i++) {
            route.links().add(Link.tunnel("t" + i, tunnels.get(i)).inGroup(OURS));
        }

        for (int i = 0; i < tunnels.size(); i++) {
            assertThat(route.links().find("t" + i).orElseThrow().tunnel()).contains(tunnels.get(i));
        }
        assertThat(table("ip -d link show dev t1"))
                .contains("ipip ipip remote 10.3.2.2 local 10.2.1.2 ttl 64 pmtudisc encap fou")
                .contains("encap-sport auto encap-dport 5555");
        assertThat(table("ip -d link show dev t2"))
                .contains("ttl inherit", "encap gue encap-sport 7000 encap-dport 6080 encap-csum");
        assertThat(table("ip -d link show dev t4"))
                .contains("sit ip6ip remote 10.3.2.2", "encap-dport 5556");
        assertThat(table("ip -d link show dev t5"))
                .contains(
                        "ip6tnl ip6ip6 remote fd00:3::2 local fd00::2 hoplimit 64 encaplimit none",
                        "encap fou encap-sport auto encap-dport 5556");
        assertThat(table("ip -d link show dev t6"))
                .contains("ip6tnl ipip6 remote fd00:3::3", "encap gue", "encap-remcsum");
        assertThat(table("ip -d link show dev t7"))
                .contains("ip6tnl any remote fd00:3::4", "hoplimit inherit", "encaplimit 3");
    }

    @Test
    void aLinkIsMadeWithEverythingInOneGo() throws Exception {
        route.links()
                .add(
                        Link.tunnel("t1", Tunnel.Ipip.of(LOCAL, ip("10.3.1.2"), 64))
                                .inGroup(OURS)
                                .withMtuBytes(1472));

        ObservedLink link = route.links().find("t1").orElseThrow();
        assertThat(link.state()).isEqualTo(LinkState.UP);
        assertThat(link.group()).isEqualTo(OURS);
        assertThat(link.mtuBytes()).isEqualTo(1472);
        assertThat(link.kind()).isEqualTo("ipip");
        assertThat(table("ip link show dev t1")).contains("UP", "mtu 1472", "group 219");
    }

    @Test
    void aLinkIsChangedAndDeleted() throws Exception {
        route.links().add(Link.tunnel("t1", Tunnel.Ipip.of(LOCAL, ip("10.3.1.2"), 64)));
        route.links().down("t1");
        route.links().setMtu("t1", 1400);
        route.links().setAlias("t1", "hf:host one");
        route.links().setGroup("t1", OURS);

        ObservedLink changed = route.links().find("t1").orElseThrow();
        assertThat(changed.state()).isEqualTo(LinkState.DOWN);
        assertThat(changed.mtuBytes()).isEqualTo(1400);
        assertThat(changed.alias()).isEqualTo("hf:host one");
        assertThat(changed.group()).isEqualTo(OURS);

        route.links().setAlias("t1", "");
        route.links().up("t1");
        assertThat(route.links().find("t1").orElseThrow().alias()).isEmpty();
        assertThat(table("ip link show dev t1")).contains("UP").doesNotContain("alias");

        route.links().delete("t1");
        assertThat(route.links().find("t1")).isEmpty();
    }

    @Test
    void linksOfOtherKindsAreListedToo() throws Exception {
        run("ip link set tunl0 up");
        List<ObservedLink> links = route.links().list();

        assertThat(links).extracting(ObservedLink::name).contains("lo", "d0", "tunl0", "ip6tnl0");
        ObservedLink dummy = links.stream().filter(l -> l.name().equals("d0")).findFirst().get();
        assertThat(dummy.kind()).isEqualTo("dummy");
        assertThat(dummy.tunnel()).isEmpty();
        Optional<ObservedLink> tunl0 =
                links.stream().filter(l -> l.name().equals("tunl0")).findFirst();
        assertThat(tunl0).map(ObservedLink::state).contains(LinkState.UP);
    }

    @Test
    void manyLinksComeInFewRoundTripsAndGoByTheirGroup() throws NetlinkException {
        List<LinkChange> changes = new ArrayList<>();
        for (int i = 1; i <= 200; i++) {
            Tunnel tunnel = Tunnel.Ipip.of(LOCAL, ip("10.5.0." + i), 64);
            changes.add(new LinkChange.Add(Link.tunnel("t" + i, tunnel).inGroup(OURS)));
        }
        changes.add(changes.getFirst());

        assertThat(route.links().apply(changes))
                .singleElement()
                .satisfies(refusal -> assertThat(refusal.error().errno()).isEqualTo(Errno.EEXIST));
        assertThat(route.links().list()).filteredOn(link -> link.group() == OURS).hasSize(200);

        route.links().deleteGroup(OURS);
        assertThat(route.links().list()).filteredOn(link -> link.group() == OURS).isEmpty();
    }

    @Test
    void refusalsSayWhatAndWhy() throws NetlinkException {
        Tunnel tunnel = Tunnel.Ipip.of(LOCAL, ip("10.3.1.2"), 64);
        route.links().add(Link.tunnel("t1", tunnel).inGroup(OURS));
        NetlinkException sameEnds =
                catchThrowableOfType(
                        NetlinkException.class,
                        () -> route.links().add(Link.tunnel("t2", tunnel).inGroup(OURS)));
        assertThat(sameEnds).hasMessage("netlink: add link t2: EEXIST: File exists");
        NetlinkException mtu =
                catchThrowableOfType(
                        NetlinkException.class, () -> route.links().setMtu("t1", 70000));
        assertThat(mtu.errno()).as(mtu.getMessage()).isEqualTo(Errno.EINVAL);
        NetlinkException gone =
                catchThrowableOfType(NetlinkException.class, () -> route.links().up("nowhere"));
        assertThat(gone).hasMessageStartingWith("netlink: set state of link nowhere: ENODEV: ");
    }

    private static InetAddress ip(String address) {
        return InetAddress.ofLiteral(address);
    }
}
