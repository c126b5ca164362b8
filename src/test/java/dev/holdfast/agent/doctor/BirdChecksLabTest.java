package dev.holdfast.agent.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.announce.BirdFiles;
import dev.holdfast.agent.doctor.Finding.Level;
import dev.holdfast.lab.InGuest;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What `doctor` finds in a real BIRD with a session to a router: well, and broken in two ways.
@InGuest
class BirdChecksLabTest {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final String VIPS =
            """
            protocol static holdfast_vips4 {
              ipv4;
              route 198.51.100.1/32 blackhole;
            }
            protocol static holdfast_vips6 {
              ipv6;
            }
            """;

    /// Of a load balancer and of its router, who differ in a few words.
    private static final String CONFIGURATION =
            """
            log stderr all;
            router id %1$s;
            protocol device { scan time 1; }
            protocol bfd { interface "*" { min rx interval 500 ms; min tx interval 500 ms; multiplier 5; }; }
            protocol bgp peer {
              local %1$s as %2$d;
              neighbor %3$s as %4$d;
              connect retry time 2; connect delay time 1; error wait time 1, 2;
              bfd on;
              ipv4 { import all; export where proto ~ "holdfast_vips*"; next hop self; };
            }
            """;

    @TempDir private Path directory;
    private final List<Process> running = new ArrayList<>();

    private Process bird(String name, String... before) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(before));
        command.addAll(List.of("/usr/sbin/bird", "-f", "-c", name + ".conf", "-s", name + ".ctl"));
        command.addAll(List.of("-P", name + ".pid"));
        File log = directory.resolve(name + ".log").toFile();
        Process bird =
                new ProcessBuilder(command)
                        .directory(directory.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(log)
                        .start();
        running.add(bird);
        while (!Files.exists(directory.resolve(name + ".ctl"))) {
            assertThat(bird.isAlive()).as("%s", Files.readString(log.toPath())).isTrue();
            Thread.sleep(50);
        }
        return bird;
    }

    private static void sh(String command) throws IOException, InterruptedException {
        Process process =
                new ProcessBuilder("sh", "-ec", command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
    }

    @AfterEach
    void stop() throws InterruptedException {
        for (Process process : running) {
            process.destroyForcibly().waitFor();
        }
    }

    /// Waits until the doctor finds that.
    private static void await(BirdFiles files, Predicate<List<Finding>> wanted)
            throws InterruptedException {
        Instant end = Instant.now().plus(PATIENCE);
        List<Finding> found = BirdChecks.all(files);
        while (!wanted.test(found)) {
            assertThat(Instant.now()).as("%s", found).isBefore(end);
            Thread.sleep(500);
            found = BirdChecks.all(files);
        }
    }

    @Test
    void aBirdThatIsWellHasNoFindingsAndABrokenOneItsCures() throws Exception {
        BirdFiles files =
                new BirdFiles(
                        directory.resolve("agent/vips.conf"),
                        directory.resolve("lb.conf"),
                        directory.resolve("lb.ctl"));
        Files.createDirectories(directory.resolve("agent"));
        Files.writeString(files.routes(), VIPS);
        Files.writeString(
                files.config(), CONFIGURATION.formatted("10.2.1.2", 65001, "10.2.1.1", 65000));
        Files.writeString(
                directory.resolve("router.conf"),
                CONFIGURATION.formatted("10.2.1.1", 65000, "10.2.1.2", 65001));
        long router = bird("router", "unshare", "-n").pid();
        sh(
                """
                ip link add eth0 type veth peer name lb netns %1$d
                ip addr add 10.2.1.2/24 dev eth0 && ip link set eth0 up
                nsenter -t %1$d -n ip addr add 10.2.1.1/24 dev lb
                nsenter -t %1$d -n ip link set lb up
                """
                        .formatted(router));
        Process bird = bird("lb");

        List<Finding> notIncluded = BirdChecks.all(files);
        assertThat(notIncluded.getFirst().level()).isEqualTo(Level.FAULT);
        assertThat(notIncluded.getFirst().what())
                .isEqualTo(
                        "the BIRD that runs does not have the two protocols of " + files.routes());
        sh(notIncluded.getFirst().cure());
        await(files, List::isEmpty);

        bird.destroyForcibly().waitFor();
        assertThat(BirdChecks.all(files))
                .singleElement()
                .satisfies(one -> {
                    assertThat(one.level()).isEqualTo(Level.FAULT);
                    assertThat(one.what()).startsWith("BIRD does not answer: ask at ");
                });
        Files.deleteIfExists(files.socket());
        bird("lb");
        await(files, List::isEmpty);
    }
}
