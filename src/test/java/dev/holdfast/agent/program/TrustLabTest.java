package dev.holdfast.agent.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.AgentMain;
import dev.holdfast.agent.tool.Tool;
import dev.holdfast.agent.tool.ToolException;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.agent.watch.StateFile;
import dev.holdfast.lab.InGuest;
import dev.holdfast.wire.Encapsulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The agent on a machine that its operator also uses, killed and started again while no control
/// plane answers (OWNED-ONLY, FAIL-STATIC).
@InGuest
class TrustLabTest {
    private static final long SEED = 7;
    private static final int SERVICES = 6;
    private static final Tool SHELL = new Tool("sh", "dash");

    private static final String OPERATORS =
            """
            modprobe ip_vs
            ip link set lo up
            ip link add eth0 type dummy
            ip link set eth0 up
            ip address add 10.2.1.2/24 dev eth0
            ip link add hfoperator type dummy
            ip link set hfoperator up
            ip route add 192.0.2.0/24 dev hfoperator proto static
            ip route add local 192.0.2.10 dev lo
            ip rule add from 192.0.2.9 lookup 77
            ipvsadm -A -t 192.0.2.10:80 -s rr
            ipvsadm -a -t 192.0.2.10:80 -r 10.9.0.1:80 -m
            nft add table inet operator
            nft add chain inet operator input '{ type filter hook input priority 0; }'
            nft add rule inet operator input tcp dport 9999 drop
            """;

    /// All that decides where packets go.
    private static final String EVERYTHING =
            """
            ip -o -d link | sed 's/^[0-9]*: //; s/link\\/ether [^ ]*//'
            ip route show table all
            ip -6 route show table all
            ip rule
            ipvsadm -Sn
            nft -s list ruleset
            """;

    private static final String OPERATORS_OWN =
            """
            ip -o -d link show hfoperator
            ip route show table all | grep -v 'proto 219' | grep -v ' hf[0-9a-z]*-'
            ip rule
            ipvsadm -Sn -t 192.0.2.10:80
            nft -s list table inet operator
            """;

    private static final String OURS =
            """
            ip -o link show group 219
            ip route show table all proto 219
            ip -6 route show table all proto 219
            ipvsadm -Sn | grep -v 192.0.2.10 || true
            nft list tables | grep -w holdfast || true
            """;

    @TempDir private Path directory;

    @BeforeEach
    void machine() throws IOException {
        sh(OPERATORS);
        SiteModel site = new SiteModel("e1", Encapsulation.Kind.FOU);
        for (int i = 0; i < SERVICES; i++) {
            site.putService("s" + i + (i % 2 == 0 ? "" : "6"), 3);
        }
        new StateFile(directory).save(site.desired());
    }

    @Test
    void whatOthersMadeSurvivesKillsAndCleanupAndForwardingSurvivesRestarts() throws Exception {
        String operators = sh(OPERATORS_OWN);
        Random random = new Random(SEED);
        for (int i = 0; i < 3; i++) {
            Process agent = start("run");
            agent.waitFor(500 + random.nextInt(4_000), TimeUnit.MILLISECONDS);
            kill(agent);
            assertThat(sh(OPERATORS_OWN)).as("kill %d of seed %d", i, SEED).isEqualTo(operators);
        }

        Process agent = start("run");
        awaitApplied();
        String forwarding = sh(EVERYTHING);
        kill(agent);
        assertThat(sh(EVERYTHING)).as("after kill -9").isEqualTo(forwarding);
        Files.delete(directory.resolve("status.json"));
        Process again = start("run");
        awaitApplied();
        assertThat(sh(EVERYTHING)).as("after a restart").isEqualTo(forwarding);
        assertThat(outputOf(start("cleanup", "--yes"), 1)).contains("an agent runs");
        kill(again);

        assertThat(outputOf(start("cleanup"), 0)).contains("198.51.100.", "packet filter");
        assertThat(sh(EVERYTHING)).as("after the list of cleanup").isEqualTo(forwarding);
        outputOf(start("cleanup", "--yes"), 0);
        assertThat(sh(OURS)).isBlank();
        assertThat(sh(OPERATORS_OWN)).as("after cleanup").isEqualTo(operators);
        assertThat(outputOf(start("cleanup"), 0)).contains("nothing of Holdfast's is here");
    }

    private Process start(String... command) throws IOException {
        List<String> line =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                Objects.requireNonNull(System.getProperty("java.class.path")),
                                AgentMain.class.getName()));
        line.addAll(List.of(command));
        ProcessBuilder builder = new ProcessBuilder(line).redirectErrorStream(true);
        builder.redirectOutput(directory.resolve(command[0] + ".log").toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "HOLDFAST_ROLE", "load-balancer",
                                "HOLDFAST_SITE", "dc1",
                                "HOLDFAST_NAME", "lb1",
                                "HOLDFAST_SERVERS", "http://127.0.0.1:9",
                                "HOLDFAST_TOKEN", "none",
                                "HOLDFAST_DATA_DIR", directory.toString(),
                                "HOLDFAST_ROUND_SECONDS", "1"));
        return builder.start();
    }

    private static void kill(Process process) throws InterruptedException {
        process.destroyForcibly();
        process.waitFor();
    }

    private String outputOf(Process process, int exit) throws Exception {
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        String said = Files.readString(directory.resolve("cleanup.log"));
        assertThat(process.exitValue()).as(said).isEqualTo(exit);
        return said;
    }

    private void awaitApplied() throws Exception {
        Path status = directory.resolve("status.json");
        for (int i = 0; i < 300; i++) {
            if (Files.exists(status) && Files.readString(status).contains("\"failures\":[]")) {
                return;
            }
            Thread.sleep(200);
        }
        throw new AssertionError(Files.readString(directory.resolve("run.log")));
    }

    private static String sh(String script) {
        try {
            return SHELL.run("", "-ec", script).orThrow();
        } catch (ToolException e) {
            throw new AssertionError(e.command() + ": " + e.why(), e);
        }
    }
}
