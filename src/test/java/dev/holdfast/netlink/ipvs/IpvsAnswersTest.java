package dev.holdfast.netlink.ipvs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.holdfast.netlink.AddressFamily;
import dev.holdfast.netlink.Capture;
import dev.holdfast.netlink.Errno;
import dev.holdfast.netlink.Fuzz;
import dev.holdfast.netlink.NetlinkException;
import dev.holdfast.netlink.NetlinkMessage;
import dev.holdfast.netlink.NetlinkSocket;
import dev.holdfast.netlink.Replies;
import dev.holdfast.netlink.ScriptedKernel;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/// What a real kernel answered ipvsadm, read by us.
class IpvsAnswersTest {

    private static final Capture FAMILY = Capture.of("ipvs-find-family");
    // Version, services, then the destinations of each service.
    private static final List<Capture.Exchange> LISTING = Capture.of("ipvs-list").exchanges();
    private static final ServiceKey WEB = ServiceKey.tcp(ip("198.51.100.1"), 80);
    private static final ServiceKey DNS = ServiceKey.udp(ip("2001:db8::1"), 53);

    @Test
    void theVersion() throws NetlinkException {
        byte[] answer = LISTING.getFirst().answers().getFirst();
        byte[] body = Arrays.copyOfRange(answer, 16, answer.length);
        IpvsClient ipvs =
                client(request ->
                        List.of(
                                Replies.message(request, request.type(), 0, body),
                                Replies.ack(request)));

        assertThat(ipvs.info()).isEqualTo(new IpvsInfo("1.2.1", 4096));
    }

    @Test
    void theServices() throws NetlinkException {
        List<ObservedService> services = client(LISTING.get(1)::answersTo).services();

        assertThat(services)
                .extracting(ObservedService::service)
                .containsExactlyInAnyOrder(
                        VirtualService.of(WEB, "mh", ServiceFlag.MH_PORT, ServiceFlag.MH_FALLBACK),
                        VirtualService.of(DNS, "mh", ServiceFlag.MH_PORT),
                        VirtualService.of(ServiceKey.mark(AddressFamily.INET, 1209008129), "rr"),
                        VirtualService.of(ServiceKey.mark(AddressFamily.INET6, 1209008130), "rr"),
                        VirtualService.of(
                                ServiceKey.tcp(ip("198.51.100.2"), 80), "mh", ServiceFlag.MH_PORT),
                        VirtualService.of(
                                ServiceKey.udp(ip("198.51.100.2"), 80),
                                "rr",
                                ServiceFlag.ONE_PACKET));
        assertThat(services)
                .extracting(ObservedService::statistics)
                .containsOnly(new Statistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    }

    @Test
    void theDestinationsInTheKernelsOrder() throws NetlinkException {
        Capture.Exchange ofWeb =
                LISTING.stream()
                        .skip(2)
                        .filter(exchange -> exchange.answers().getFirst().length > 600)
                        .findFirst()
                        .orElseThrow();

        assertThat(client(ofWeb::answersTo).destinations(WEB))
                .extracting(ObservedDestination::destination)
                .containsExactly(
                        destination("10.3.4.2", 4, new Forwarding.Gre(Checksum.OUTER)),
                        destination("10.3.3.2", 4, new Forwarding.Gue(6080, Checksum.OUTER)),
                        destination("10.3.2.2", 3, new Forwarding.Gue(6080, Checksum.NONE)),
                        destination("10.3.1.2", 2, new Forwarding.Ipip()),
                        destination("203.0.113.1", 0, new Forwarding.DirectRoute()));
    }

    @Test
    void anEmptyListIsEmpty() throws NetlinkException {
        IpvsClient ipvs = client(request -> List.of(Replies.done(request, 0)));

        assertThat(ipvs.services()).isEmpty();
        assertThat(ipvs.destinations(WEB)).isEmpty();
    }

    @Test
    void aRefusalNamesTheDestinationAndTheService() throws NetlinkException {
        Capture twice = Capture.of("ipvs-add-destination-twice");
        IpvsClient ipvs = client(twice.exchanges().getFirst()::answersTo);

        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> ipvs.add(WEB, destination("10.3.1.2", 2, new Forwarding.Ipip())))
                .withMessage(
                        "netlink: add destination 10.3.1.2:80 to tcp 198.51.100.1:80: EEXIST: File"
                                + " exists");
    }

    @Test
    void aMissingServiceIsNoneAndOtherErrorsAreErrors() throws NetlinkException {
        assertThat(client(request -> List.of(Replies.error(request, 3))).service(WEB)).isEmpty();
        IpvsClient forbidden = client(request -> List.of(Replies.error(request, 1)));
        assertThat(catchThrowableOfType(NetlinkException.class, () -> forbidden.service(WEB)))
                .extracting(NetlinkException::errno)
                .isEqualTo(Errno.EPERM);
    }

    @Test
    void withoutTheModuleTheFamilyIsMissedByName() {
        ScriptedKernel kernel =
                ScriptedKernel.answering(request -> List.of(Replies.error(request, 2)));

        assertThatExceptionOfType(NetlinkException.class)
                .isThrownBy(() -> IpvsClient.over(NetlinkSocket.over(kernel)))
                .withMessage(
                        "netlink: find generic netlink family IPVS: ENOENT: No such file or"
                                + " directory");
        assertThat(kernel.isClosed()).isTrue();
    }

    @Test
    void spoiledAnswersNeverDoMoreThanFail() {
        for (int i = 0; i < LISTING.size(); i++) {
            Fuzz.check(
                    20250901L + i,
                    List.of(FAMILY),
                    LISTING.get(i),
                    kernel -> {
                        IpvsClient ipvs = IpvsClient.over(NetlinkSocket.over(kernel));
                        ipvs.services();
                        ipvs.destinations(WEB);
                    });
            Fuzz.check(
                    20250911L + i,
                    List.of(FAMILY),
                    LISTING.get(i),
                    kernel -> IpvsClient.over(NetlinkSocket.over(kernel)).destinations(DNS));
        }
    }

    private static IpvsClient client(Function<NetlinkMessage, List<byte[]>> script)
            throws NetlinkException {
        return IpvsClient.over(NetlinkSocket.over(ScriptedKernel.withFamily(FAMILY, script)));
    }

    private static Destination destination(String address, int weight, Forwarding forwarding) {
        return Destination.of(ip(address), 80, weight, forwarding);
    }

    private static InetAddress ip(String address) {
        return InetAddress.ofLiteral(address);
    }
}
