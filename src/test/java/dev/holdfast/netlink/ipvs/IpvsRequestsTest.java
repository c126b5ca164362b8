package dev.holdfast.netlink.ipvs;

import static dev.holdfast.netlink.ipvs.LinuxIpVs.IPVS_CMD_ATTR_DEST;
import static dev.holdfast.netlink.ipvs.LinuxIpVs.IPVS_CMD_ATTR_SERVICE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.netlink.AddressFamily;
import dev.holdfast.netlink.Attributes;
import dev.holdfast.netlink.Capture;
import dev.holdfast.netlink.NetlinkException;
import dev.holdfast.netlink.NetlinkMessage;
import dev.holdfast.netlink.NetlinkSocket;
import dev.holdfast.netlink.Replies;
import dev.holdfast.netlink.ScriptedKernel;
import dev.holdfast.netlink.generic.GenericFamily;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Our requests are those of ipvsadm.
class IpvsRequestsTest {

    private static final ServiceKey WEB = ServiceKey.tcp(ip("198.51.100.1"), 80);
    private static final ServiceKey WEB2 = ServiceKey.tcp(ip("198.51.100.2"), 80);
    private static final ServiceKey DNS = ServiceKey.udp(ip("2001:db8::1"), 53);

    static Stream<Arguments> services() {
        return Stream.of(
                arguments(
                        "ipvs-add-service",
                        add(WEB, "mh", ServiceFlag.MH_PORT, ServiceFlag.MH_FALLBACK)),
                arguments("ipvs-add-service-v6", add(DNS, "mh", ServiceFlag.MH_PORT)),
                arguments(
                        "ipvs-add-service-mark",
                        add(ServiceKey.mark(AddressFamily.INET, 1209008129), "rr")),
                arguments(
                        "ipvs-add-service-mark-v6",
                        add(ServiceKey.mark(AddressFamily.INET6, 1209008130), "rr")),
                arguments(
                        "ipvs-add-service-persistent",
                        new IpvsChange.AddService(
                                new VirtualService(
                                        WEB2, "rr", Set.of(), new Persistence(300, 24)))),
                arguments(
                        "ipvs-add-service-one-packet",
                        add(ServiceKey.udp(ip("198.51.100.2"), 80), "rr", ServiceFlag.ONE_PACKET)),
                arguments(
                        "ipvs-edit-service",
                        new IpvsChange.EditService(
                                VirtualService.of(WEB2, "mh", ServiceFlag.MH_PORT))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("services")
    void servicesAreAskedForByteByByteAsIpvsadmDoes(String capture, IpvsChange change)
            throws NetlinkException {
        NetlinkMessage theirs = Capture.of(capture).request();
        NetlinkMessage ours = sent(change);

        assertThat(ours.type()).isEqualTo(theirs.type());
        assertThat(ours.flags()).isEqualTo(theirs.flags());
        assertThat(ours.body()).isEqualTo(theirs.body());
    }

    static Stream<Arguments> destinations() {
        return Stream.of(
                destination("direct", WEB, "203.0.113.1", 80, 1, new Forwarding.DirectRoute()),
                destination("ipip", WEB, "10.3.1.2", 80, 2, new Forwarding.Ipip()),
                destination("gue", WEB, "10.3.2.2", 80, 3, new Forwarding.Gue(6080, Checksum.NONE)),
                destination(
                        "gue-csum",
                        WEB,
                        "10.3.3.2",
                        80,
                        4,
                        new Forwarding.Gue(6080, Checksum.OUTER)),
                destination("gre", WEB, "10.3.4.2", 80, 4, new Forwarding.Gre(Checksum.OUTER)),
                destination(
                        "gue-v6", DNS, "fd00:3::2", 53, 1, new Forwarding.Gue(6081, Checksum.NONE)),
                destination(
                        "v4-in-v6",
                        DNS,
                        "10.3.1.2",
                        53,
                        1,
                        new Forwarding.Gue(6080, Checksum.NONE)),
                arguments(
                        "ipvs-add-destination-masquerade",
                        new IpvsChange.AddDestination(
                                WEB2,
                                new Destination(
                                        new DestinationKey(ip("10.2.1.9"), 8080),
                                        1,
                                        new Forwarding.Masquerade(),
                                        new Thresholds(1000, 800)))),
                arguments(
                        "ipvs-edit-destination",
                        new IpvsChange.EditDestination(
                                WEB,
                                Destination.of(
                                        ip("203.0.113.1"), 80, 0, new Forwarding.DirectRoute()))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("destinations")
    void destinationsAreAskedForAsIpvsadmDoes(String capture, IpvsChange change)
            throws NetlinkException {
        NetlinkMessage theirs = Capture.of(capture).request();
        NetlinkMessage ours = sent(change);

        assertThat(ours.type()).isEqualTo(theirs.type());
        assertThat(ours.flags()).isEqualTo(theirs.flags());
        assertThat(ours.header(4)).isEqualTo(theirs.header(4));
        assertThat(attribute(ours, IPVS_CMD_ATTR_DEST))
                .isEqualTo(tidied(attribute(theirs, IPVS_CMD_ATTR_DEST)));
        assertSameService(ours, theirs);
    }

    // Behind an IPv4 address ipvsadm leaves what was there of the service's IPv6 address.
    private static byte[] tidied(byte[] destination) {
        byte[] tidied = destination.clone();
        if (tidied[4] == AddressFamily.INET.number()) {
            Arrays.fill(tidied, 16, 28, (byte) 0);
        }
        return tidied;
    }

    static Stream<Arguments> deletions() {
        return Stream.of(
                arguments(
                        "ipvs-delete-destination",
                        new IpvsChange.DeleteDestination(
                                WEB, new DestinationKey(ip("203.0.113.1"), 80))),
                arguments("ipvs-delete-service", new IpvsChange.DeleteService(WEB)),
                arguments(
                        "ipvs-delete-service-mark",
                        new IpvsChange.DeleteService(
                                ServiceKey.mark(AddressFamily.INET, 1209008129))));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("deletions")
    void deletionsNameTheSameThings(String capture, IpvsChange change) throws NetlinkException {
        NetlinkMessage theirs = Capture.of(capture).request();
        NetlinkMessage ours = sent(change);

        assertThat(ours.header(4)).isEqualTo(theirs.header(4));
        assertSameService(ours, theirs);
        if (GenericFamily.attributes(theirs).has(IPVS_CMD_ATTR_DEST)) {
            byte[] key = attribute(ours, IPVS_CMD_ATTR_DEST);
            assertThat(Arrays.copyOf(attribute(theirs, IPVS_CMD_ATTR_DEST), key.length))
                    .isEqualTo(key);
        }
    }

    // ipvsadm adds to the key what the kernel does not look at in these commands.
    private static void assertSameService(NetlinkMessage ours, NetlinkMessage theirs) {
        byte[] key = attribute(ours, IPVS_CMD_ATTR_SERVICE);
        assertThat(Arrays.copyOf(attribute(theirs, IPVS_CMD_ATTR_SERVICE), key.length))
                .isEqualTo(key);
    }

    private static byte[] attribute(NetlinkMessage message, int type) {
        Attributes attributes = GenericFamily.attributes(message);
        return attributes.bytes(type);
    }

    private static NetlinkMessage sent(IpvsChange change) throws NetlinkException {
        ScriptedKernel kernel =
                ScriptedKernel.withFamily(
                        Capture.of("ipvs-find-family"), request -> List.of(Replies.ack(request)));
        try (IpvsClient ipvs = IpvsClient.over(NetlinkSocket.over(kernel))) {
            assertThat(ipvs.apply(List.of(change))).isEmpty();
        }
        return kernel.lastSent();
    }

    private static IpvsChange add(ServiceKey key, String scheduler, ServiceFlag... flags) {
        return new IpvsChange.AddService(VirtualService.of(key, scheduler, flags));
    }

    private static Arguments destination(
            String capture,
            ServiceKey service,
            String address,
            int port,
            int weight,
            Forwarding forwarding) {
        return arguments(
                "ipvs-add-destination-" + capture,
                new IpvsChange.AddDestination(
                        service, Destination.of(ip(address), port, weight, forwarding)));
    }

    private static InetAddress ip(String address) {
        return InetAddress.ofLiteral(address);
    }
}
