package dev.holdfast.agent.program;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.agent.config.AgentConfig;
import dev.holdfast.agent.config.ConfigFile;
import dev.holdfast.agent.duty.Duties;
import dev.holdfast.agent.duty.Duty;
import dev.holdfast.agent.duty.Findings;
import dev.holdfast.agent.kernel.FakeKernel;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.client.WireJson;
import dev.holdfast.wire.Report;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

    private final SiteModel site = new SiteModel("e1").putService("shop", 2);
    private final BlockingQueue<Report> reports = new LinkedBlockingQueue<>();
    private final CountDownLatch over = new CountDownLatch(1);

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            if (exchange.getRequestMethod().equals("POST")) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                reports.add(WireJson.read(body, Report.class));
                exchange.sendResponseHeaders(204, -1);
            } else if (String.valueOf(exchange.getRequestURI().getQuery()).contains("after=0")) {
                byte[] state = site.json(site.full());
                exchange.getResponseHeaders().add("Content-Type", "application/json");
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

    @Test
    void whatADutyFindsIsToldAtOnceAndNotAtTheNextRound(@TempDir Path directory) throws Exception {
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(task -> Thread.ofVirtual().start(task));
        server.createContext("/", this::answer);
        server.start();
        AgentConfig config =
                ConfigFile.read(
                        directory.resolve("none"),
                        Map.of(
                                "HOLDFAST_ROLE", "load-balancer",
                                "HOLDFAST_SITE", "dc1",
                                "HOLDFAST_NAME", "lb1",
                                "HOLDFAST_SERVERS",
                                        "http://127.0.0.1:" + server.getAddress().getPort(),
                                "HOLDFAST_TOKEN", "secret",
                                "HOLDFAST_DATA_DIR", directory.toString(),
                                "HOLDFAST_ROUND_SECONDS", "3600",
                                "HOLDFAST_REPORT_SECONDS", "300"));
        FakeKernel kernel = new FakeKernel();
        Finder finder = new Finder();
        AgentLoop loop = new AgentLoop(config, kernel, new Duties(List.of(finder)));
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
            Report first = next();
            assertThat(first.revision()).isEqualTo(site.revision());
            assertThat(first.health()).isEmpty();
            assertThat(finder.ready.await(60, TimeUnit.SECONDS)).isTrue();
            int looks = kernel.looks();

            finder.found = true;
            finder.wake.run();

            assertThat(next().health()).extracting(Report.Health::why).containsExactly("dead");
            assertThat(kernel.looks()).as("it is no round").isEqualTo(looks);
        } finally {
            agent.interrupt();
            over.countDown();
            server.stop(0);
        }
    }
}
