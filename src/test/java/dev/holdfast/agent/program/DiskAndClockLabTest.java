package dev.holdfast.agent.program;

import static dev.holdfast.netlink.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.holdfast.agent.config.ConfigFile;
import dev.holdfast.agent.duty.Duties;
import dev.holdfast.agent.kernel.LinuxKernel;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.agent.watch.StateFile;
import dev.holdfast.client.BadServer;
import dev.holdfast.lab.InGuest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// A load balancer whose disk is full or damaged, or whose clock jumps: it forwards on, takes what
/// is new, tells what is wrong, and is well again by itself once that is over (FAIL-STATIC).
@InGuest
class DiskAndClockLabTest {

    private static final long FIVE_HOURS = TimeUnit.HOURS.toSeconds(5);

    private final SiteModel site = new SiteModel("e1").putService("s1", 40).putService("s2", 3);
    private volatile boolean answers = true;
    private volatile String good = "";
    private volatile String reported = "";

    // Threads of an agent that was stopped may still write.
    @TempDir(cleanup = CleanupMode.NEVER)
    private Path directory;

    /// An agent in a thread of its own, with a directory of its own.
    private record Agent(Thread thread, Path data, Path configuration) {}

    @BeforeEach
    void network() throws Exception {
        run("ip link set lo up");
        publish();
    }

    @AfterEach
    void clear() throws Exception {
        run("ipvsadm -C");
    }

    private void publish() {
        good = new String(site.json(site.fullReset()), StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange request) throws IOException, InterruptedException {
        if (request.getRequestMethod().equals("POST")) {
            reported = new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            request.sendResponseHeaders(204, -1);
            return;
        }
        Thread.sleep(200);
        request.getResponseHeaders().add("Content-Type", "application/json");
        BadServer.answer(request, answers ? 200 : 500, answers ? good : "{}");
    }

    private Agent start(BadServer server, LinuxKernel kernel, String data) throws Exception {
        Path home = Files.createDirectories(directory.resolve(data));
        Path file =
                Files.writeString(
                        directory.resolve(data + ".properties"),
                        """
                        role = load-balancer
                        site = dc1
                        name = lb1
                        servers = %s
                        token = secret
                        data-dir = %s
                        round-seconds = 1
                        report-seconds = 1
                        metrics-port = 0
                        """
                                .formatted(server.url(), home));
        AgentLoop loop =
                new AgentLoop(ConfigFile.read(file, Map.of()), kernel, new Duties(List.of()));
        Thread thread =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            try {
                                loop.run();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        return new Agent(thread, home, file);
    }

    private static void stop(Agent agent) throws InterruptedException {
        agent.thread().interrupt();
        agent.thread().join();
    }

    @Test
    void theDiskIsFull() throws Exception {
        Path data = Files.createDirectories(directory.resolve("small"));
        run("mount -t tmpfs -o size=64k tmpfs " + data);
        try (BadServer server = new BadServer(this::answer);
                LinuxKernel kernel = LinuxKernel.open()) {
            Agent agent = start(server, kernel, "small");
            awaitLive();
            String forwarding = forwarding();

            // Twice: a file that the agent was just writing leaves some room as it goes.
            for (int i = 0; i < 2; i++) {
                run("dd if=/dev/zero bs=1k 2>/dev/null >> " + data + "/others || sleep 0.3");
            }
            site.putService("s3", 3);
            publish();
            await(() -> reported.contains("\"resource\":\"disk\""));

            assertThat(reported).contains("save the state", "No space left on device");
            assertThat(forwarding()).contains(forwarding.lines().toList());
            assertThat(services()).isEqualTo(2 * 3);

            run("rm " + data + "/others");
            awaitLive();
            assertThat(onDisk(data).revision()).isEqualTo(site.revision());
            stop(agent);
        } finally {
            run("umount -l " + data);
        }
    }

    @Test
    void theStateOnDiskIsDamaged() throws Exception {
        try (BadServer server = new BadServer(this::answer);
                LinuxKernel kernel = LinuxKernel.open()) {
            Agent first = start(server, kernel, "first");
            awaitLive();
            stop(first);
            String forwarding = forwarding();
            answers = false;
            Path second = Files.createDirectories(directory.resolve("second"));
            byte[] state = Files.readAllBytes(first.data().resolve("desired-state.json"));
            state[state.length / 2] ^= 1;
            Files.write(second.resolve("desired-state.json"), state);

            Agent agent = start(server, kernel, "second");
            await(() -> status(second).contains("\"resource\":\"disk\""));

            assertThat(status(second)).contains("read the state", "damaged (expected: ");
            assertThat(Spoken.by(agent.configuration(), 1, "status"))
                    .contains("nothing yet", "damaged (expected: ");
            assertThat(forwarding()).isEqualTo(forwarding);

            answers = true;
            await(() -> isWell(status(second)));
            assertThat(onDisk(second).revision()).isEqualTo(site.revision());
            assertThat(forwarding()).isEqualTo(forwarding);
            stop(agent);
        }
    }

    @Test
    void theClockJumpsForthAndBack() throws Exception {
        long began = System.nanoTime();
        long clock = System.currentTimeMillis() / 1000;
        try (BadServer server = new BadServer(this::answer);
                LinuxKernel kernel = LinuxKernel.open()) {
            Agent agent = start(server, kernel, "clock");
            awaitLive();
            for (long jump : new long[] {FIVE_HOURS, -FIVE_HOURS}) {
                String forwarding = forwarding();
                run("date -s @" + (clock + jump));
                awaitAnother(agent);
                assertThat(forwarding()).as("%d s", jump).isEqualTo(forwarding);

                site.putService(jump > 0 ? "s4" : "s5", 3);
                publish();
                awaitLive();
                awaitAnother(agent);
                assertThat(isWell(status(agent.data()))).isTrue();
                assertThat(forwarding()).contains(forwarding.lines().toList());
            }
            assertThat(services()).isEqualTo(2 * 4);
            stop(agent);
        } finally {
            long passed = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - began);
            run("date -s @" + (clock + passed));
        }
    }

    private static NodeDesired onDisk(Path data) throws IOException {
        return new StateFile(data).loadNode().orElseThrow();
    }

    /// Until the control plane has heard that all of its newest state is there, and no trouble.
    private void awaitLive() throws Exception {
        await(() -> isWell(reported));
    }

    private boolean isWell(String report) {
        return report.contains("\"revision\":" + site.revision())
                && report.contains("\"failures\":[]");
    }

    private void awaitAnother(Agent agent) throws Exception {
        for (int i = 0; i < 2; i++) {
            String before = status(agent.data());
            await(() -> !status(agent.data()).equals(before));
        }
    }

    private static String status(Path data) throws IOException {
        Path file = data.resolve("status.json");
        return Files.exists(file) ? Files.readString(file) : "";
    }

    private static String forwarding() throws Exception {
        return run("ipvsadm -Sn");
    }

    private static long services() throws Exception {
        return forwarding().lines().filter(line -> line.startsWith("-A")).count();
    }

    private interface Condition {
        boolean holds() throws Exception;
    }

    private void await(Condition condition) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (!condition.holds()) {
            assertThat(System.nanoTime()).as("%s", reported).isLessThan(end);
            Thread.sleep(100);
        }
    }
}
