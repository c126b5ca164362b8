package dev.holdfast.agent.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.agent.config.AgentConfig;
import dev.holdfast.agent.config.ConfigFile;
import dev.holdfast.agent.duty.Duties;
import dev.holdfast.agent.duty.Duty;
import dev.holdfast.agent.duty.Findings;
import dev.holdfast.agent.kernel.FakeKernel;
import dev.holdfast.agent.report.AgentStatus;
import dev.holdfast.agent.report.StatusFile;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.agent.watch.StateFile;
import dev.holdfast.client.WireJson;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.Report;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentLoopTest {

    /// A duty that finds something out between two rounds.
    private static final class Finder implements Duty {

        private final CountDownLatch ready = new CountDownLatch(1);
        private volatile Runnable wake = () -> {};
        private volatile boolean found;

        @Override
        public void onNews(Runnable how) {
            wake = how;
            ready.countDown();
        }

        @Override
        public void tell(Findings findings) {
            if (found) {
                findings.health(new Report.Health("shop", "web1", false, "dead", Instant.EPOCH));
            }
        }
    }

    /// A duty that waits for a second look at a state.
    private static final class Looker implements Duty {

        private final CountDownLatch looks = new CountDownLatch(2);
        private @Nullable DesiredState last;

        @Override
        public List<Failure> before(DesiredState next) {
            if (next == last) {
                looks.countDown();
            }
            last = next;
            return List.of();
        }
    }

    private final SiteModel site = new SiteModel("e1").putService("shop", 2);
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private volatile boolean newsHasNoEnd;
    private volatile CountDownLatch mayAnswer = new CountDownLatch(0);

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("POST")) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                reports.add(WireJson.read(body, Report.class));
                exchange.sendResponseHeaders(204, -1);
            } else if (String.valueOf(exchange.getRequestURI().getQuery()).contains("after=0")) {
                mayAnswer.await();
                byte[] state = site.json(site.full());
                exchange.getResponseHeaders().add("Content-Type", "application/json");
                exchange.sendResponseHeaders(200, state.length);
                exchange.getResponseBody().write(state);
            } else if (newsHasNoEnd) {
                Thread.sleep(50);
                byte[] state = site.json(site.putService("shop", 2).full());
                exchange.sendResponseHeaders(200, state.length);
                exchange.getResponseBody().write(state);
            } else {
                over.await(); // nothing new while the test lasts
                exchange.sendResponseHeaders(304, -1);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (dev.holdfast.client.UnreadableException e) {
            throw new IOException(e);
        }
    }

    private Report next() throws InterruptedException {
        return Objects.requireNonNull(reports.poll(60, TimeUnit.SECONDS), "no report");
    }

    private interface Story {
        void tell() throws Exception;
    }

    /// Runs an agent while the story lasts.
    private void whileItRuns(Path data, int roundSeconds, FakeKernel kernel, Duty duty, Story story)
            throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(task -> Thread.ofVirtual().start(task));
        server.createContext("/", this::answer);
        server.start();
        AgentConfig config =
                ConfigFile.read(
                        data.resolve("none"),
                        Map.of(
                                "HOLDFAST_ROLE", "load-balancer",
                                "HOLDFAST_SITE", "dc1",
                                "HOLDFAST_NAME", "lb1",
                                "HOLDFAST_SERVERS",
                                        "http://127.0.0.1:" + server.getAddress().getPort(),
                                "HOLDFAST_TOKEN", "secret",
                                "HOLDFAST_DATA_DIR", data.toString(),
                                "HOLDFAST_ROUND_SECONDS", String.valueOf(roundSeconds),
                                "HOLDFAST_REPORT_SECONDS", "300"));
        AgentLoop loop = new AgentLoop(config, kernel, new Duties(List.of(duty)));
        Thread agent =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            try {
                                loop.run();
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        });
        try {
            story.tell();
        } finally {
            agent.interrupt();
            over.countDown();
            server.stop(0);
        }
        assertThat(agent.join(Duration.ofSeconds(60))).as("it ends when it is told to").isTrue();
    }

    @Test
    void whatADutyFindsIsToldAtOnceAndNotAtTheNextRound(@TempDir Path directory) throws Exception {
        FakeKernel kernel = new FakeKernel();
        Finder finder = new Finder();
        whileItRuns(
                directory,
                3600,
                kernel,
                finder,
                () -> {
                    Report first = next();
                    assertThat(first.revision()).isEqualTo(site.revision());
                    assertThat(first.health()).isEmpty();
                    assertThat(finder.ready.await(60, TimeUnit.SECONDS)).isTrue();
                    int looks = kernel.looks();

                    finder.found = true;
                    finder.wake.run();

                    assertThat(next().health())
                            .extracting(Report.Health::why)
                            .containsExactly("dead");
                    assertThat(kernel.looks()).as("it is no round").isEqualTo(looks);
                });
    }

    @Test
    void newsWithoutAnEndDoesNotKeepItFromLookingAtEverything(@TempDir Path directory)
            throws Exception {
        newsHasNoEnd = true;
        Looker looker = new Looker();
        whileItRuns(
                directory,
                1,
                new FakeKernel(),
                looker,
                () -> assertThat(looker.looks.await(60, TimeUnit.SECONDS)).isTrue());
    }

    @Test
    void aStateThatCouldNotBeSavedIsSavedAsSoonAsThatIsPossible(@TempDir Path directory)
            throws Exception {
        Path blocker = Files.createDirectory(directory.resolve("desired-state.tmp"));
        whileItRuns(
                directory,
                1,
                new FakeKernel(),
                new Finder(),
                () -> {
                    Report first = next();
                    assertThat(first.revision()).isEqualTo(site.revision());
                    assertThat(first.failures())
                            .extracting(Failure::resource, Failure::operation)
                            .containsExactly(tuple("disk", "save the state"));

                    Files.delete(blocker);

                    awaitNoFailures();
                    assertThat(new StateFile(directory).loadNode().orElseThrow().revision())
                            .isEqualTo(site.revision());
                });
    }

    @Test
    void aDamagedStateOnDiskIsToldAndReplaced(@TempDir Path directory) throws Exception {
        Files.writeString(directory.resolve("desired-state.json"), "{}");
        mayAnswer = new CountDownLatch(1);
        whileItRuns(
                directory,
                1,
                new FakeKernel(),
                new Finder(),
                () -> {
                    Report first = next();
                    assertThat(first.revision()).isNull();
                    assertThat(first.failures())
                            .extracting(Failure::resource, Failure::operation)
                            .containsExactly(tuple("disk", "read the state"));

                    mayAnswer.countDown();
                    awaitNoFailures();
                    assertThat(new StateFile(directory).loadNode()).isPresent();
                });
    }

    @Test
    void aKernelWithTablesOfAnotherSizeIsToldAndTrustedAllTheSame(@TempDir Path directory)
            throws Exception {
        FakeKernel kernel = new FakeKernel();
        kernel.tableSize(TableSize.SLOTS_16381);
        whileItRuns(
                directory,
                3600,
                kernel,
                new Finder(),
                () -> {
                    Report first = next();

                    assertThat(first.failures())
                            .containsExactly(
                                    new Failure(
                                            "Maglev tables",
                                            "agree with other machines",
                                            "the kernel's Maglev table has 16381 slots (expected:"
                                                    + " 4093, CONFIG_IP_VS_MH_TAB_INDEX=12)"));
                    assertThat(first.tables())
                            .extracting(Report.Table::slots)
                            .containsExactly(16381);
                    assertThat(Objects.requireNonNull(first.facts()).tableSize()).isEqualTo(16381);
                    AgentStatus kept = new StatusFile(directory).load().orElseThrow();
                    assertThat(kept.applied("e1", site.revision())).isTrue();
                });
    }

    @Test
    void aRoundThatBreaksIsToldAndIsNotTheEnd(@TempDir Path directory) throws Exception {
        FakeKernel kernel = new FakeKernel();
        kernel.refuse(step -> {
            throw new IllegalArgumentException("no such " + step);
        });
        whileItRuns(
                directory,
                1,
                kernel,
                new Finder(),
                () -> {
                    Report first = next();
                    assertThat(first.revision()).isEqualTo(site.revision());
                    assertThat(first.failures())
                            .extracting(Failure::resource, Failure::operation)
                            .containsExactly(tuple("agent", "do a round"));
                    assertThat(Objects.requireNonNull(first.failures()).getFirst().error())
                            .contains("no such LoadModule");

                    kernel.refuse(_ -> false);

                    awaitNoFailures();
                    assertThat(kernel.services()).isNotEmpty();
                });
    }

    private void awaitNoFailures() throws InterruptedException {
        for (int rounds = 0; rounds < 30; rounds++) {
            if (Objects.requireNonNull(next().failures()).isEmpty()) {
                return;
            }
        }
        throw new AssertionError("failures in 30 reports (expected: they end)");
    }
}
