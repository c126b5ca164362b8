package dev.holdfast.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.holdfast.netlink.libc.Libc;
import dev.holdfast.netlink.route.ObservedLink;
import dev.holdfast.netlink.route.RouteClient;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// The kernel of the machine the tests run on, asked for what anyone may ask.
class KernelTransportTest {

    @Test
    void thisMachineHasALoopback() throws NetlinkException {
        try (RouteClient route = RouteClient.open()) {
            assertThat(route.links().list()).extracting(ObservedLink::name).contains("lo");
            assertThat(route.links().find("lo")).map(ObservedLink::index).contains(1);
            assertThat(route.links().find("surely-not")).isEmpty();
        }
    }

    @Test
    void silenceEndsAfterTheTimeLimit() throws NetlinkException {
        try (KernelTransport transport =
                new KernelTransport(NetlinkProtocol.ROUTE, Duration.ofMillis(20))) {
            assertThatExceptionOfType(NetlinkException.class)
                    .isThrownBy(transport::receive)
                    .withMessage("netlink: receive: ETIMEDOUT: no answer within 20 ms");
        }
    }

    @Test
    void twoSocketsHaveTwoPorts() throws NetlinkException {
        try (KernelTransport one =
                        new KernelTransport(NetlinkProtocol.ROUTE, Duration.ofSeconds(1));
                KernelTransport two =
                        new KernelTransport(NetlinkProtocol.ROUTE, Duration.ofSeconds(1))) {
            assertThat(one.portId()).isNotZero().isNotEqualTo(two.portId());
        }
    }

    @Test
    void aClosedSocketIsNotUsedAgain() throws NetlinkException {
        KernelTransport transport =
                new KernelTransport(NetlinkProtocol.ROUTE, Duration.ofSeconds(1));
        transport.close();
        transport.close();

        assertThatIllegalStateException()
                .isThrownBy(() -> transport.send(new byte[16]))
                .withMessage("netlink socket: closed (expected: open)");
    }

    @Test
    void libcAnswersWithTheErrnoOfTheCall() {
        assertThat(Libc.socket(999, 0, 0)).isEqualTo(-Errno.EAFNOSUPPORT.number());
        assertThat(Libc.close(-1)).isEqualTo(-Errno.EBADF.number());
        assertThat(Libc.bind(-1, new byte[12])).isEqualTo(-Errno.EBADF.number());
        assertThat(Libc.send(-1, new byte[1], 0)).isEqualTo(-Errno.EBADF.number());
        assertThat(Libc.recv(-1, new byte[1], 0)).isEqualTo(-Errno.EBADF.number());
    }

    @Test
    void threadsDoNotSeeEachOthersErrno() {
        assertThat(
                        IntStream.range(0, 20_000)
                                .parallel()
                                .allMatch(i ->
                                        i % 2 == 0
                                                ? Libc.socket(999, 0, 0)
                                                        == -Errno.EAFNOSUPPORT.number()
                                                : Libc.close(-1) == -Errno.EBADF.number()))
                .isTrue();
    }
}
