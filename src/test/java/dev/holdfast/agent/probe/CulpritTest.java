package dev.holdfast.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.wire.HealthCheck;
import dev.holdfast.wire.IpAddress;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/// Asks this machine, without a tunnel.
class CulpritTest {

    private static final IpAddress HERE = IpAddress.parse("127.0.0.1");
    private static final IpAddress HERE6 = IpAddress.parse("::1");
    private static final IpAddress VIP6 = IpAddress.parse("2001:db8:100::1");

    @Test
    void aHostOfTheOtherFamilyThanItsVipIsAskedAllTheSame() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 5, HERE.toInetAddress())) {
            assertThat(culprit(HERE6.toInetAddress(), server.getLocalPort()).ofSilence())
                    .isEqualTo(
                            "no answer from VIP 2001:db8:100::1 within 1 s, although host web1"
                                    + " answers at 127.0.0.1: is the VIP on it?");
            assertThat(culprit(HERE.toInetAddress(), server.getLocalPort()).ofSilence())
                    .contains("is the VIP on it?");
        }
    }

    @Test
    void aRefusalMayBeOfTheTunnelAndNotOfTheService() throws IOException {
        InetAddress here = HERE.toInetAddress();
        Culprit culprit;
        int listener;
        try (DatagramSocket tunnel = new DatagramSocket(0, here)) {
            listener = tunnel.getLocalPort();
            culprit = culprit(new Way(0, here, here, listener), 80);
            assertThat(culprit.ofRefusedConnection())
                    .isEqualTo(
                            "connection refused: nothing listens on port 80 of VIP"
                                    + " 2001:db8:100::1 on web1");
        }
        assertThat(culprit.ofRefusedConnection())
                .endsWith("nothing listens on its UDP port " + listener);
    }

    private static Culprit culprit(InetAddress source, int port) {
        return culprit(new Way(0, source, HERE.toInetAddress(), 0), port);
    }

    private static Culprit culprit(Way way, int port) {
        HealthCheck check =
                new HealthCheck(
                        HealthCheck.Kind.TCP,
                        port,
                        null,
                        null,
                        null,
                        null,
                        null,
                        5,
                        1,
                        null,
                        null,
                        null);
        return new Culprit(new Target("shop6", "web1", VIP6, check), way, Duration.ofSeconds(1));
    }
}
