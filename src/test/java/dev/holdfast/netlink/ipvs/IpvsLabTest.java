package dev.holdfast.netlink.ipvs;

import static dev.holdfast.netlink.Commands.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.lab.InGuest;
import dev.holdfast.netlink.AddressFamily;
import dev.holdfast.netlink.Errno;
import dev.holdfast.netlink.NetlinkException;
import dev.holdfast.netlink.Refusal;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The kernel does what is asked, and ipvsadm sees the same.
@InGuest
class IpvsLabTest {

    private static final InetAddress VIP = InetAddress.ofLiteral("198.51.100.1");
    private static final InetAddress VIP6 = InetAddress.ofLiteral("2001:db8::1");
    private static final ServiceKey WEB = ServiceKey.tcp(VIP, 80);
    private static final ServiceKey DNS = ServiceKey.udp(VIP6, 53);

    private IpvsClient ipvs;

    @BeforeEach
    void open() throws NetlinkException {
        ipvs = IpvsClient.open();
    }

    @AfterEach
    void deleteAll() throws NetlinkException {
        for (ObservedService observed : ipvs.services()) {
            ipvs.delete(observed.service().key());
        }
        ipvs.close();
    }

    @Test
    void theKernelSaysItsVersion() throws Exception {
        IpvsInfo info = ipvs.info();

        assertThat(table("ipvsadm -Ln"))
                .startsWith(
                        "IP Virtual Server version %s (size=%d)"
                                .formatted(info.version(), info.connectionTableSize()));
    }

    @Test
    void whereThereIsNothingListsAreEmpty() throws NetlinkException {
        assertThat(ipvs.services()).isEmpty();
        assertThat(ipvs.service(WEB)).isEmpty();
        assertThat(ipvs.destinations(WEB)).isEmpty();
        ipvs.add(VirtualService.of(WEB, "mh"));
        assertThat(ipvs.destinations(WEB)).isEmpty();
    }

    @Test
    void everyKindOfServiceIsKeptAsAsked() throws Exception {
        List<VirtualService> services =
                List.of(
                        VirtualService.of(WEB, "mh", ServiceFlag.MH_PORT, ServiceFlag.MH_FALLBACK),
                        VirtualService.of(DNS, "mh", ServiceFlag.MH_PORT),
                        VirtualService.of(ServiceKey.mark(AddressFamily.INET, 0x48100001), "rr"),
                        VirtualService.of(ServiceKey.mark(AddressFamily.INET6, 0x9abcdef0), "rr"),
                        VirtualService.of(ServiceKey.udp(VIP, 53), "rr", ServiceFlag.ONE_PACKET),
                        new VirtualService(
                                ServiceKey.tcp(VIP, 443), "rr", Set.of(), new Persistence(300, 24)),
                        new VirtualService(
                                ServiceKey.tcp(VIP6, 443),
                                "rr",
                                Set.of(),
                                new Persistence(60, 64)));
        for (VirtualService service : services) {
            ipvs.add(service);
        }

        assertThat(ipvs.services())
                .extracting(ObservedService::service)
                .containsExactlyInAnyOrderElementsOf(services);
        assertThat(table("ipvsadm -Ln").lines())
                .contains(
                        "TCP 198.51.100.1:80 mh (mh-fallback,mh-port)",
                        "UDP [2001:db8::1]:53 mh (mh-port)",
                        "FWM 1209008129 rr",
                        "FWM -1698898192 IPv6 rr",
                        "UDP 198.51.100.1:53 rr ops",
                        "TCP 198.51.100.1:443 rr persistent 300 mask 255.255.255.0",
                        "TCP [2001:db8::1]:443 rr persistent 60 mask 64");
    }

    @Test
    void aServiceIsFoundEditedAndDeleted() throws NetlinkException {
        for (ServiceKey key : List.of(WEB, DNS, ServiceKey.mark(AddressFamily.INET6, 7))) {
            ipvs.add(VirtualService.of(key, "rr"));
            VirtualService edited = VirtualService.of(key, "mh", ServiceFlag.MH_PORT);
            ipvs.edit(edited);
            assertThat(ipvs.service(key)).map(ObservedService::service).contains(edited);
            ipvs.delete(key);
            assertThat(ipvs.service(key)).isEmpty();
        }
    }

    @Test
    void everyWayOfForwardingIsKeptAsAsked() throws Exception {
        ipvs.add(VirtualService.of(WEB, "mh"));
        List<Destination> added =
                List.of(
                        destination("10.3.0.1", new Forwarding.DirectRoute()),
                        destination("10.3.0.2", new Forwarding.Masquerade()),
                        destination("10.3.0.3", new Forwarding.Ipip()),
                        destination("10.3.0.4", new Forwarding.Gue(6080, Checksum.NONE)),
                        destination("10.3.0.5", new Forwarding.Gue(6081, Checksum.OUTER)),
                        destination("10.3.0.6", new Forwarding.Gue(65535, Checksum.REMOTE)),
                        destination("10.3.0.7", new Forwarding.Gre(Checksum.OUTER)),
                        new Destination(
                                new DestinationKey(InetAddress.ofLiteral("10.3.0.8"), 80),
                                5,
                                new Forwarding.Ipip(),
                                new Thresholds(1000, 800)));
        for (Destination destination : added) {
            ipvs.add(WEB, destination);
        }

        assertThat(destinations(WEB)).isEqualTo(added.reversed());
        assertThat(table("ipvsadm -Sn").lines())
                .contains(
                        "-a -t 198.51.100.1:80 -r 10.3.0.1:80 -g -w 1",
                        "-a -t 198.51.100.1:80 -r 10.3.0.2:80 -m -w 1",
                        "-a -t 198.51.100.1:80 -r 10.3.0.3:80 -i -w 1 --tun-type ipip",
                        "-a -t 198.51.100.1:80 -r 10.3.0.4:80 -i -w 1 --tun-type gue --tun-port"
                                + " 6080 --tun-nocsum",
                        "-a -t 198.51.100.1:80 -r 10.3.0.5:80 -i -w 1 --tun-type gue --tun-port"
                                + " 6081 --tun-csum",
                        "-a -t 198.51.100.1:80 -r 10.3.0.6:80 -i -w 1 --tun-type gue --tun-port"
                                + " 65535 --tun-remcsum",
                        "-a -t 198.51.100.1:80 -r 10.3.0.7:80 -i -w 1 --tun-type gre --tun-csum",
                        "-a -t 198.51.100.1:80 -r 10.3.0.8:80 -i -w 5 --tun-type ipip");
    }

    @Test
    void thresholdsAreKeptAsAsked() throws Exception {
        ipvs.add(VirtualService.of(WEB, "rr"));
        ipvs.add(
                WEB,
                new Destination(
                        new DestinationKey(InetAddress.ofLiteral("10.3.0.8"), 80),
                        5,
                        new Forwarding.Ipip(),
                        new Thresholds(1000, 800)));

        assertThat(table("ipvsadm -Ln --thresholds")).endsWith("-> 10.3.0.8:80 1000 800 0 0");
    }

    @Test
    void aServiceOfIpv6HasDestinationsOfBothFamilies() throws NetlinkException {
        ipvs.add(VirtualService.of(DNS, "mh"));
        Destination six =
                Destination.of(
                        InetAddress.ofLiteral("fd00:3::2"),
                        53,
                        1,
                        new Forwarding.Gue(6081, Checksum.OUTER));
        Destination four =
                Destination.of(
                        InetAddress.ofLiteral("10.3.1.2"),
                        53,
                        1,
                        new Forwarding.Gue(6080, Checksum.NONE));
        ipvs.add(DNS, six);
        ipvs.add(DNS, four);

        assertThat(destinations(DNS)).containsExactly(four, six);
    }

    @Test
    void theListIsNewestFirstAndAnEditKeepsThePlace() throws Exception {
        ipvs.add(VirtualService.of(WEB, "mh"));
        for (int i : new int[] {3, 1, 2}) {
            ipvs.add(WEB, destination("10.3.0." + i, new Forwarding.DirectRoute()));
        }
        ipvs.edit(WEB, destination("10.3.0.3", new Forwarding.DirectRoute()).withWeight(0));

        assertThat(destinations(WEB))
                .extracting(destination -> destination.key().address().getHostAddress())
                .containsExactly("10.3.0.2", "10.3.0.1", "10.3.0.3");
        assertThat(table("ipvsadm -Ln --nosort").lines().skip(4))
                .containsExactly(
                        "-> 10.3.0.2:80 Route 1 0 0",
                        "-> 10.3.0.1:80 Route 1 0 0",
                        "-> 10.3.0.3:80 Route 0 0 0");

        ipvs.delete(WEB, new DestinationKey(InetAddress.ofLiteral("10.3.0.1"), 80));
        assertThat(destinations(WEB))
                .extracting(destination -> destination.key().address().getHostAddress())
                .containsExactly("10.3.0.2", "10.3.0.3");
    }

    @Test
    void refusalsSayWhatAndWhy() throws NetlinkException {
        Destination destination = destination("10.3.0.1", new Forwarding.DirectRoute());
        refused(() -> ipvs.edit(VirtualService.of(WEB, "rr")), Errno.ESRCH);
        refused(() -> ipvs.delete(WEB), Errno.ESRCH);
        refused(() -> ipvs.add(WEB, destination), Errno.ESRCH);
        refused(() -> ipvs.add(VirtualService.of(WEB, "nonsense")), Errno.ENOENT);
        ipvs.add(VirtualService.of(WEB, "rr"));
        refused(() -> ipvs.add(VirtualService.of(WEB, "rr")), Errno.EEXIST);
        refused(() -> ipvs.edit(WEB, destination), Errno.ENOENT);
        refused(() -> ipvs.delete(WEB, destination.key()), Errno.ENOENT);
        ipvs.add(WEB, destination);
        NetlinkException twice = refused(() -> ipvs.add(WEB, destination), Errno.EEXIST);
        assertThat(twice)
                .hasMessage(
                        "netlink: add destination 10.3.0.1:80 to tcp 198.51.100.1:80: EEXIST: File"
                                + " exists");
    }

    @Test
    void manyChangesGoInFewRoundTripsAndEachRefusalIsTold() throws NetlinkException {
        List<IpvsChange> changes = new ArrayList<>();
        changes.add(new IpvsChange.AddService(VirtualService.of(WEB, "rr")));
        for (int i = 0; i < 1000; i++) {
            String address = "10.4." + i / 250 + "." + (1 + i % 250);
            Destination destination = destination(address, new Forwarding.Gue(6080, Checksum.NONE));
            changes.add(new IpvsChange.AddDestination(WEB, destination));
        }
        changes.set(500, changes.get(7)); // the same destination twice
        changes.add(new IpvsChange.DeleteService(DNS));

        List<Refusal<IpvsChange>> refusals = ipvs.apply(changes);

        assertThat(refusals)
                .extracting(Refusal::change)
                .containsExactly(changes.get(7), changes.getLast());
        assertThat(refusals)
                .extracting(refusal -> refusal.error().errno())
                .containsExactly(Errno.EEXIST, Errno.ESRCH);
        assertThat(destinations(WEB))
                .hasSize(999)
                .first()
                .isEqualTo(destination("10.4.3.250", new Forwarding.Gue(6080, Checksum.NONE)));
    }

    private static NetlinkException refused(ThrowingCallable call, Errno errno) {
        NetlinkException refusal = catchThrowableOfType(NetlinkException.class, call);
        assertThat(refusal.errno()).as(refusal.getMessage()).isEqualTo(errno);
        return refusal;
    }

    private static Destination destination(String address, Forwarding forwarding) {
        return Destination.of(InetAddress.ofLiteral(address), 80, 1, forwarding);
    }

    private List<Destination> destinations(ServiceKey key) throws NetlinkException {
        return ipvs.destinations(key).stream().map(ObservedDestination::destination).toList();
    }
}
