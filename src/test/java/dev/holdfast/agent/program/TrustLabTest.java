package dev.holdfast.agent.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.tool.Tool;
import dev.holdfast.agent.tool.ToolException;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.agent.watch.StateFile;
import dev.holdfast.lab.InGuest;
import dev.holdfast.wire.Encapsulation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shipped agent on a machine that its operator also uses, while no control plane answers
/// (OWNED-ONLY, FAIL-STATIC). One story, because each start of a Java machine takes its time here.
@InGuest
class TrustLabTest {
    private static final int SERVICES = 8;
    private static final Tool SHELL = new Tool("sh", "dash");

    private static final String OPERATORS =
            """
            modprobe ip_vs
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
            ipvsadm -A -f 4711 -s rr
            nft add table inet operator
            nft add chain inet operator input '{ type filter hook input priority 0; }'
            nft add rule inet operator input tcp dport 9999 drop
            """;

    private static final String OPERATORS_OWN =
            """
            ip -o -d link show hfoperator
            ip -4 route show table all | grep -v 'proto 219' | grep -v ' hf[46]-'
            ip rule
            ipvsadm -Sn | grep -e 192.0.2.10 -e 'f 4711'
            nft -s list table inet operator
            """;

    private static final String OURS =
            """
            ip -o -d link show group 219 | sed 's/^[0-9]*: //' | sort
            ip route show table all proto 219 | sort
            ip -6 route show table all proto 219 | sort
            ipvsadm -Sn | grep -v -e 192.0.2.10 -e 'f 4711' | sort
            nft list tables | grep holdfast
            """;

    /// All that decides where packets go.
    private static final String EVERYTHING =
            OPERATORS_OWN
                    + OURS
                    + """
                    nft -s list ruleset
                    cat /proc/sys/net/ipv4/vs/sloppy_tcp /proc/sys/net/ipv4/vs/schedule_icmp
                    cat /proc/sys/net/ipv4/conf/eth0/accept_local
                    """;

    @TempDir private Path directory;
    private @Nullable Process agent;

    @BeforeEach
    void aMachineThatItsOperatorUsesToo() throws IOException {
        sh(OPERATORS);
        SiteModel site = new SiteModel("e1", Encapsulation.Kind.FOU);
        for (int i = 0; i < SERVICES; i++) {
            site.putService("s" + i + (i % 2 == 0 ? "" : "6"), 3);
        }
        site.check("s0", true);
        new StateFile(directory).save(site.desired());
        Files.writeString(
                directory.resolve("agent.properties"),
                """
                role = load-balancer
                site = dc1
                name = lb1
                servers = http://127.0.0.1:9
                token = none
                data-dir = %s
                round-seconds = 1
                """
                        .formatted(directory));
    }

    @AfterEach
    void noAgentIsLeft() throws InterruptedException {
        kill();
    }

    @Test
    void anAgentThatIsKilledMendedAndCleanedUpAfterLeavesForwardingAndOthersThingsAlone()
            throws Exception {
        String operators = sh(OPERATORS_OWN);
        long seed = 7;
        Random random = new Random(seed);

        start();
        int services = 1 + random.nextInt(SERVICES);
        await(() -> sh("ipvsadm -Sn").lines().filter(l -> l.contains("-s mh")).count() >= services);
        kill();
        assertThat(sh(OPERATORS_OWN)).as("killed half-way, seed %d", seed).isEqualTo(operators);

        start();
        awaitRound();
        String forwarding = sh(EVERYTHING);
        assertThat(forwarding.lines().filter(line -> line.contains("-s mh"))).hasSize(2 * SERVICES);
        kill();
        assertThat(sh(EVERYTHING)).as("after kill -9").isEqualTo(forwarding);

        start();
        awaitRound();
        awaitRound();
        assertThat(sh(EVERYTHING)).as("started again").isEqualTo(forwarding);

        driftIsMendedAndCounted(forwarding);
        assertThat(sh(OPERATORS_OWN)).as("after drift was mended").isEqualTo(operators);

        assertThat(cleanup(1, "--yes")).as("while it runs").contains("an agent runs");
        kill();
        assertThat(cleanup(0)).contains("198.51.100.", "packet filter", "probes");
        assertThat(sorted(sh(EVERYTHING)))
                .as("after the list of cleanup")
                .isEqualTo(sorted(forwarding));
        cleanup(0, "--yes");
        assertThat(sh(OURS)).isBlank();
        assertThat(sh(OPERATORS_OWN)).as("after cleanup").isEqualTo(operators);
        assertThat(cleanup(0)).contains("nothing of Holdfast's is here");
    }

    private void driftIsMendedAndCounted(String forwarding) throws Exception {
        String service = sh("ipvsadm -Sn | grep -m 1 -o '^-A -t 198.51.100.[0-9]*:80'").strip();
        sh(
                """
                ipvsadm -D %s
                ip link del $(ip -o link show group 219 | sed -n '1s/^[0-9]*: \\([^@:]*\\).*/\\1/p')
                ip route del local 198.51.100.0/24 dev lo table local
                echo 0 >/proc/sys/net/ipv4/vs/sloppy_tcp
                nft delete table inet holdfast
                """
                        .formatted(service.substring(3)));
        // What was made anew is listed last.
        await(() -> sorted(sh(EVERYTHING)).equals(sorted(forwarding)));
        awaitRound();
        assertThat(status())
                .containsPattern("\"repaired\":\\{.*AddService.*AddTunnel.*SetSysctl.*filter-gone");
    }

    private static List<String> sorted(String lines) {
        return lines.lines().sorted().toList();
    }

    private void start() throws IOException {
        agent =
                new ProcessBuilder(
                                Path.of(
                                                String.valueOf(System.getProperty("java.home")),
                                                "bin",
                                                "java")
                                        .toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-jar",
                                "target/holdfast-agent.jar",
                                "run",
                                "--config",
                                directory.resolve("agent.properties").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        directory.resolve("agent.log").toFile()))
                        .start();
    }

    private void kill() throws InterruptedException {
        Process running = agent;
        if (running != null) {
            running.destroyForcibly();
            running.waitFor();
        }
    }

    private String cleanup(int exit, String... options) {
        return Spoken.by(
                directory.resolve("agent.properties"),
                exit,
                Stream.concat(Stream.of("cleanup"), Stream.of(options)).toArray(String[]::new));
    }

    /// Until it has told of a round that began after now.
    private void awaitRound() throws Exception {
        for (int i = 0; i < 2; i++) {
            String told = status();
            await(() -> !status().equals(told) && status().contains("\"failures\":"));
        }
        assertThat(status()).contains("\"failures\":[]");
    }

    private String status() {
        return sh("cat " + directory.resolve("status.json"));
    }

    private void await(BooleanSupplier met) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
        while (!met.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        Files.readString(directory.resolve("agent.log")) + sh(EVERYTHING));
            }
            Thread.sleep(300);
        }
    }

    private static String sh(String script) {
        try {
            return SHELL.run("", "-c", script).output();
        } catch (ToolException e) {
            throw new AssertionError(e.command() + ": " + e.why(), e);
        }
    }
}
