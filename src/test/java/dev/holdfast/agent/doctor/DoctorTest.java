package dev.holdfast.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.config.AgentConfig;
import dev.holdfast.agent.config.ConfigFile;
import dev.holdfast.agent.doctor.Finding.Level;
import dev.holdfast.agent.kernel.FakeKernel;
import dev.holdfast.agent.tool.Tool;
import dev.holdfast.agent.watch.SiteModel;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DoctorTest {

    @TempDir private Path root;
    private Path ping;
    private int closed;

    /// Its hosts answer packets of up to 1400 bytes, as one of IPv4 counts them.
    @BeforeEach
    void machine() throws IOException {
        ping = root.resolve("ping");
        Files.writeString(
                ping,
                """
                #!/bin/sh
                while [ $# -gt 1 ]; do [ "$1" = -s ] && size=$2; shift; done
                [ "$size" -le 1372 ]
                """);
        Files.setPosixFilePermissions(ping, PosixFilePermissions.fromString("rwx------"));
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = free.getLocalPort();
        }
    }

    private List<Finding> findings(String ping, SiteModel site) throws Exception {
        AgentConfig config =
                ConfigFile.read(
                        root.resolve("none"),
                        Map.of(
                                "HOLDFAST_ROLE", "load-balancer",
                                "HOLDFAST_SITE", "dc1",
                                "HOLDFAST_NAME", "lb1",
                                "HOLDFAST_SERVERS", "http://127.0.0.1:" + closed,
                                "HOLDFAST_TOKEN", "secret"));
        Doctor doctor =
                new Doctor(
                        config, new FakeKernel(), new Ground(root), new Tool(ping, "iputils-ping"));
        return doctor.examine(Optional.of(site.desired()));
    }

    private static SiteModel site() {
        return new SiteModel("e1").putService("shop", 2);
    }

    private static List<Finding> about(String word, List<Finding> findings) {
        return findings.stream().filter(one -> one.what().contains(word)).toList();
    }

    @Test
    void whereThereIsNoPingItSaysSoOnce() throws Exception {
        assertThat(about("ping", findings("/nowhere/ping", site())))
                .containsExactly(
                        new Finding(
                                Level.WARNING,
                                "ping is not installed: no packet was sent to the 2 hosts",
                                "a way that takes small packets and loses full ones is not found",
                                "apt install iputils-ping"));
        assertThat(about("ping", findings("/nowhere/ping", new SiteModel("e1")))).isEmpty();
    }

    @Test
    void fullPacketsThatVanishAreAFault() throws Exception {
        assertThat(about("do not get to host", findings(ping.toString(), site())))
                .hasSize(2)
                .allSatisfy(one -> {
                    assertThat(one.level()).isEqualTo(Level.FAULT);
                    assertThat(one.what()).startsWith("packets of 1500 bytes").contains("host web");
                    assertThat(one.cure()).contains("tracepath", "underlayMtu");
                });
    }

    @Test
    void fullIsWhatTheSiteSays() throws Exception {
        assertThat(about("host web", findings(ping.toString(), site().underlayMtu(1400))))
                .isEmpty();
        assertThat(about("host web", findings(ping.toString(), site().underlayMtu(1401))))
                .hasSize(2)
                .allSatisfy(one -> assertThat(one.what()).startsWith("packets of 1401 bytes"));
    }

    @Test
    void aControlPlaneThatDoesNotAnswerIsAWarning() throws Exception {
        assertThat(about("control plane", findings(ping.toString(), site())))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.level()).isEqualTo(Level.WARNING);
                    assertThat(one.what())
                            .startsWith(
                                    "control plane http://127.0.0.1:%d does not answer"
                                            .formatted(closed));
                    assertThat(one.cure()).contains("curl -v http://127.0.0.1:" + closed);
                });
    }
}
