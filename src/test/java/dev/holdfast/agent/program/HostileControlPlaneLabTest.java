package dev.holdfast.agent.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.holdfast.agent.config.AgentConfig;
import dev.holdfast.agent.config.ConfigFile;
import dev.holdfast.agent.duty.Duties;
import dev.holdfast.agent.kernel.LinuxKernel;
import dev.holdfast.agent.tool.Tool;
import dev.holdfast.agent.tool.ToolException;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.client.BadServer;
import dev.holdfast.lab.InGuest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// A control plane that lost its mind, and a load balancer that forwards on (FAIL-STATIC,
/// NO-CLIFF).
@InGuest
class HostileControlPlaneLabTest {

    private static final Tool IPVSADM = new Tool("ipvsadm", "ipvsadm");

    private final SiteModel site = new SiteModel("e1").putService("s1", 3);
    private final String older = text(site);
    private volatile Answer answer = Answer.GOOD;
    private volatile String good = text(fiveServices());

    /// The agent that was stopped may still write a last status.
    @TempDir(cleanup = CleanupMode.NEVER)
    private Path directory;

    /// How the control plane answers who asks for a state.
    private enum Answer {
        GOOD,
        OLDER,
        GARBAGE,
        CUT_OFF,
        BROKEN,
        GONE,
        DRIP,
        EMPTY,
        OTHER_EPOCH
    }

    private void answer(HttpExchange request) throws IOException, InterruptedException {
        if (request.getRequestMethod().equals("POST")) {
            request.getRequestBody().readAllBytes();
            request.sendResponseHeaders(204, -1);
            return;
        }
        request.getResponseHeaders().add("Content-Type", "application/json");
        Thread.sleep(200);
        switch (answer) {
            case GOOD -> BadServer.answer(request, 200, good);
            case OLDER -> BadServer.answer(request, 200, older);
            case GARBAGE -> BadServer.answer(request, 200, "<html>It works!</html>");
            case CUT_OFF -> BadServer.cutOff(request, good);
            case BROKEN -> BadServer.answer(request, 500, "{}");
            case GONE -> request.close();
            case DRIP -> drip(request);
            case EMPTY -> BadServer.answer(request, 200, text(new SiteModel("e1").at(50_000)));
            case OTHER_EPOCH ->
                    BadServer.answer(request, 200, text(new SiteModel("e2").at(70_000)));
        }
    }

    private void drip(HttpExchange request) throws IOException, InterruptedException {
        request.sendResponseHeaders(200, 0);
        while (answer == Answer.DRIP) {
            request.getResponseBody().write(' ');
            request.getResponseBody().flush();
            Thread.sleep(100);
        }
    }

    private SiteModel fiveServices() {
        for (int i = 2; i <= 5; i++) {
            site.putService("s" + i, i);
        }
        return site;
    }

    private static String text(SiteModel model) {
        return new String(model.json(model.full()), StandardCharsets.UTF_8);
    }

    @Test
    void whateverItSaysForwardingStaysAndTheStatusSaysWhy() throws Exception {
        try (BadServer server = new BadServer(this::answer);
                LinuxKernel kernel = LinuxKernel.open()) {
            Path file = configuration(server);
            AgentConfig config = ConfigFile.read(file, Map.of());
            AgentLoop loop = new AgentLoop(config, kernel, new Duties(List.of()));
            Thread agent = Thread.ofPlatform().daemon().start(() -> run(loop));
            try {
                await(() -> status().contains("\"revision\":" + site.revision()));
                String forwarding = forwarding();
                assertThat(forwarding.lines().filter(l -> l.startsWith("-A"))).hasSize(2 * 5);

                says(Answer.OLDER, "expected: revision " + site.revision() + " or newer");
                recovers();
                says(Answer.GARBAGE, "unreadable state");
                recovers();
                says(Answer.BROKEN, "500");
                recovers();
                says(Answer.CUT_OFF, "\"problem\":");
                recovers();
                says(Answer.GONE, "no answer");
                recovers();
                says(Answer.DRIP, "no whole answer within");
                assertThat(forwarding()).isEqualTo(forwarding);
                recovers();
                says(Answer.EMPTY, "revision 50000 would take away");
                assertThat(Spoken.by(file, 1, "status")).contains("refused", "5 of 5 services");
                says(Answer.OTHER_EPOCH, "revision 70000 would take away");
                awaitAnotherStatus();
                assertThat(forwarding()).isEqualTo(forwarding);

                site.at(90_000).putService("s6", 2);
                recovers();
                assertThat(forwarding()).contains(forwarding.lines().toList());
                assertThat(forwarding().lines().filter(l -> l.startsWith("-A"))).hasSize(2 * 6);
            } finally {
                agent.interrupt();
                agent.join();
            }
        }
    }

    private static void run(AgentLoop loop) {
        try {
            loop.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /// Has it answer so until the status shows these words.
    private void says(Answer what, String words) throws Exception {
        String forwarding = forwarding();
        answer = what;
        await(() -> status().contains(words));
        assertThat(forwarding()).as("%s", what).isEqualTo(forwarding);
    }

    /// Has it come back to its senses with a newer revision, after which the agent asks at once.
    private void recovers() throws Exception {
        site.at(site.revision() + 1000);
        good = new String(site.json(site.fullReset()), StandardCharsets.UTF_8);
        answer = Answer.GOOD;
        await(() ->
                status().contains("\"revision\":" + site.revision())
                        && !status().contains("\"problem\":"));
    }

    private void awaitAnotherStatus() throws Exception {
        String before = status();
        await(() -> !status().equals(before));
    }

    private Path configuration(BadServer server) throws IOException {
        return Files.writeString(
                directory.resolve("agent.properties"),
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
                        .formatted(server.url(), directory));
    }

    private String status() {
        try {
            return Files.readString(directory.resolve("status.json"));
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String forwarding() {
        try {
            return IPVSADM.run("", "-Sn").orThrow();
        } catch (ToolException e) {
            throw new AssertionError(e.command() + ": " + e.why(), e);
        }
    }

    private void await(BooleanSupplier met) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(3);
        while (!met.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s: %s", answer, status()).isLessThan(end);
            Thread.sleep(100);
        }
    }
}
