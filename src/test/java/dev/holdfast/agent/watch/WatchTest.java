package dev.holdfast.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.holdfast.client.BadServer;
import dev.holdfast.client.ControlPlane;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WatchTest {

    private static final Pace QUICK = pace(1, 5);

    private final Mailbox<DesiredState> mailbox = new Mailbox<>();
    private final SiteModel site = new SiteModel("e1").putService("shop", 3);
    private Thread thread = new Thread();
    private Watch watch = watching(QUICK, URI.create("http://127.0.0.1:1"));

    private static Pace pace(int baseMillis, int capMillis) {
        return new Pace(
                Duration.ofSeconds(1),
                Duration.ofMillis(baseMillis),
                Duration.ofMillis(capMillis),
                new SplittableRandom(1));
    }

    private Watch watching(Pace pace, URI... servers) {
        ControlPlane control =
                new ControlPlane(List.of(servers), () -> "t", Duration.ofMillis(300));
        return Watch.ofNode(control.node("dc1", "lb1"), "dc1", "lb1", null, mailbox, pace);
    }

    private void start(Pace pace, URI... servers) {
        watch = watching(pace, servers);
        thread = Thread.ofPlatform().daemon().start(watch);
    }

    @AfterEach
    void stop() throws InterruptedException {
        thread.interrupt();
        thread.join();
    }

    private NodeDesired next() throws InterruptedException {
        return (NodeDesired) mailbox.take(Duration.ofSeconds(20)).orElseThrow();
    }

    /// Answers `after=0` in full, the present revision not at all, and the rest with a delta.
    private void honest(HttpExchange request) throws IOException {
        String query = request.getRequestURI().toString();
        synchronized (site) {
            long after = Long.parseLong(query.replaceAll(".*after=([0-9]+).*", "$1"));
            if (after == site.revision()) {
                BadServer.answer(request, 304, "");
            } else {
                byte[] json = site.json(after == 0 ? site.full() : site.deltaFrom(after));
                BadServer.answerGzip(request, new String(json, StandardCharsets.UTF_8));
            }
        }
    }

    @Test
    void followsTheSiteByDeltas() throws Exception {
        try (BadServer server = new BadServer(this::honest)) {
            start(QUICK, server.url());
            assertThat(next().services().sorted().keySet()).containsExactly("shop");
            synchronized (site) {
                site.putService("mail", 2);
            }
            assertThat(next().services().sorted().keySet()).containsExactly("mail", "shop");
            assertThat(watch.contact().problem()).isNull();
            assertThat(server.requests().getFirst()).contains("after=0&wait=");
            assertThat(server.requests())
                    .anySatisfy(r -> assertThat(r).contains("after=2&epoch=e1"));
        }
    }

    /// Each kind of misbehaviour once, then an honest answer: the loop gets there, says what was
    /// wrong, and puts nothing else into the mailbox.
    @Test
    void nothingAServerDoesKillsIt() throws Exception {
        List<BadServer.Script> bad =
                List.of(
                        r -> BadServer.answer(r, 500, "boom"),
                        r -> BadServer.answer(r, 401, "{\"detail\":\"token\"}"),
                        r -> BadServer.answer(r, 200, "<html>"),
                        r -> BadServer.answer(r, 200, ""),
                        r -> BadServer.answer(r, 200, "{\"site\":\"dc1\"}"),
                        r -> BadServer.cutOff(r, "{\"site\":\"dc1\"}".repeat(50)),
                        BadServer::drip,
                        HttpExchange::close,
                        r -> BadServer.answer(r, 304, ""),
                        r -> {
                            r.getResponseHeaders().set("Content-Encoding", "gzip");
                            BadServer.answer(r, 200, "not zipped");
                        });
        AtomicInteger count = new AtomicInteger();
        LinkedBlockingQueue<String> problems = new LinkedBlockingQueue<>();
        try (BadServer server =
                new BadServer(request -> {
                    int i = count.getAndIncrement();
                    problems.add(String.valueOf(watch.contact().problem()));
                    if (i < bad.size()) {
                        bad.get(i).answer(request);
                    } else {
                        honest(request);
                    }
                })) {
            start(QUICK, server.url());
            assertThat(next().revision()).isEqualTo(2);
            assertThat(thread.isAlive()).isTrue();
            assertThat(String.join("\n", problems))
                    .contains("500 boom", "401 token", "expected: Head", "no whole answer within");
        }
    }

    @Test
    void anotherControlPlaneTakesOverWhenOneGoesAway() throws Exception {
        BadServer first = new BadServer(this::honest);
        try (first;
                BadServer second = new BadServer(this::honest)) {
            start(QUICK, first.url(), second.url());
            next();
            first.close();
            synchronized (site) {
                site.putService("mail", 2);
            }
            assertThat(next().revision()).isEqualTo(3);
            assertThat(second.requests()).isNotEmpty();
        }
    }

    @Test
    void aControlPlaneThatDoesNotParkIsNotAskedInATightLoop() throws Exception {
        try (BadServer server = new BadServer(this::honest)) {
            start(pace(200, 200), server.url());
            next();
            TimeUnit.MILLISECONDS.sleep(400);
            assertThat(server.requests().size()).isBetween(2, 30);
        }
    }
}
