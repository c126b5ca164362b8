package dev.holdfast.control.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.ControlProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/// ACKNOWLEDGED-IS-DURABLE and COMMIT-ORDER, on the shipped jar with its own PostgreSQL.
class KillNineIT {

    private static final int WRITERS = 6;
    private static final int ACKNOWLEDGED_BEFORE_THE_KILL = 80;
    private static final int ASKED_BEFORE_THE_STOP = 200;
    private static final String SITE = "/api/v1/sites/dc1";
    private static final String POLL = "/agent/v1/sites/dc1/nodes/lb1/desired-state";

    @TempDir(cleanup = CleanupMode.ON_SUCCESS)
    private Path directory;

    @AfterEach
    void nothingStaysBehind() {
        ControlProcess.postmaster(directory.resolve("data")).ifPresent(ProcessHandle::destroy);
    }

    private ControlProcess start() {
        return ControlProcess.start(directory.resolve("data"));
    }

    private static void makeSite(Api api) {
        api.put(SITE, "{'vipRanges': ['198.51.100.0/24']}").is(201);
        api.put(SITE + "/nodes/lb1", "{'address': '10.2.1.2'}").is(201);
    }

    @Test
    void whatWasAcknowledgedSurvivesAKillUnderLoad() throws Exception {
        Map<String, Long> acknowledged = new ConcurrentHashMap<>();
        Reading reading = Reading.ofNode();
        for (int round = 0; round < 2; round++) {
            ControlProcess server = start();
            if (round == 0) {
                makeSite(server.api());
                reading.take(server.api().get(POLL).is(200).body());
            }
            writeUntilKilled(server, round, acknowledged);
            try (ControlProcess again = start()) {
                check(again.api(), acknowledged);
                Answer delta =
                        again.api()
                                .get(
                                        POLL
                                                + "?after="
                                                + reading.revision()
                                                + "&epoch="
                                                + reading.epoch());
                delta.is(200).has("/full", false).has("/reset", false);
                reading.take(delta.body());
            }
        }
        System.out.printf("kill -9: %d acknowledged writes, all there%n", acknowledged.size());
    }

    /// In the second round the database is killed first, and the server says that it is not ready.
    private static void writeUntilKilled(
            ControlProcess server, int round, Map<String, Long> acknowledged) throws Exception {
        CountDownLatch enough = new CountDownLatch(ACKNOWLEDGED_BEFORE_THE_KILL);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int writer = 0; writer < WRITERS; writer++) {
                int number = writer;
                threads.execute(() -> write(server.api(), round, number, acknowledged, enough));
            }
            enough.await();
            if (round == 1) {
                server.killDatabase();
                server.awaitReadiness(503);
            }
            server.kill();
        }
    }

    private static void write(
            Api api, int round, int writer, Map<String, Long> acknowledged, CountDownLatch enough) {
        try {
            for (int i = 0; i < 10_000; i++) {
                String name = "n-%d-%d-%d".formatted(round, writer, i);
                String address =
                        "10.%d.%d.%d".formatted(10 + 10 * round + writer, i / 250, 1 + i % 250);
                Answer made = api.put(SITE + "/nodes/" + name, "{'address': '" + address + "'}");
                if (made.status() != 201) {
                    return; // the database was killed first
                }
                acknowledged.put(name, made.etag());
                enough.countDown();
            }
        } catch (UncheckedIOException killed) {
            // That write was not acknowledged: it may be there or not.
        }
    }

    private static void check(Api api, Map<String, Long> acknowledged) {
        Map<String, Long> stored = new TreeMap<>();
        String after = "";
        do {
            Answer page = api.get(SITE + "/nodes?limit=1000&after=" + after).is(200);
            page.json()
                    .at("/items")
                    .forEach(node ->
                            stored.put(node.get("name").asString(), node.get("revision").asLong()));
            after = page.at("/next");
        } while (!after.isEmpty());
        assertThat(stored).containsAllEntriesOf(acknowledged);
        // The site is revision 1, and each further one made one node.
        List<Long> numbers = new ArrayList<>(stored.values());
        numbers.sort(null);
        long last = Long.parseLong(api.get(SITE + "/status").is(200).at("/revision"));
        assertThat(numbers)
                .as("without gaps")
                .containsExactlyElementsOf(LongStream.rangeClosed(2, last).boxed().toList());
    }

    @Test
    void anAgentThatSawMoreThanABackupHasStartsAnew() throws Exception {
        Path backup = directory.resolve("backup");
        Reading reading = Reading.ofNode();
        try (ControlProcess server = start()) {
            makeSite(server.api());
        }
        copy(directory.resolve("data/postgres"), backup);
        try (ControlProcess server = start()) {
            server.api().put(SITE + "/nodes/lb2", "{'address': '10.2.2.2'}").is(201);
            reading.take(server.api().get(POLL).is(200).body());
        }
        Files.move(directory.resolve("data/postgres"), directory.resolve("lost"));
        copy(backup, directory.resolve("data/postgres"));

        try (ControlProcess server = start()) {
            String query = "?after=" + reading.revision() + "&epoch=" + reading.epoch();
            Answer reset = server.api().get(POLL + query).is(200);

            reset.has("/full", true).has("/reset", true).has("/revision", 2);
            reading.take(reset.body());
            assertThat(reading.find("nodes", "lb2").isMissingNode()).isTrue();
        }
    }

    @Test
    void whoAsksWhileItStopsIsToldSo() throws Exception {
        Set<Integer> statuses = ConcurrentHashMap.newKeySet();
        CountDownLatch asked = new CountDownLatch(ASKED_BEFORE_THE_STOP);
        ExecutorService agents = Executors.newVirtualThreadPerTaskExecutor();
        try (agents;
                ControlProcess server = start()) {
            makeSite(server.api());
            for (int agent = 0; agent < WRITERS; agent++) {
                agents.execute(() -> {
                    try {
                        while (true) {
                            String settled = POLL + "?after=2&wait=0";
                            statuses.add(server.api().get(settled).status());
                            asked.countDown();
                        }
                    } catch (UncheckedIOException stopped) {
                        // It is gone, as it should be.
                    }
                });
            }
            asked.await();
        }
        assertThat(statuses).contains(304).isSubsetOf(200, 304, 503);
    }

    /// With owners and permissions, which PostgreSQL insists on.
    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        Process cp = new ProcessBuilder("cp", "-a", from.toString(), to.toString()).start();
        assertThat(cp.waitFor()).isZero();
    }
}
