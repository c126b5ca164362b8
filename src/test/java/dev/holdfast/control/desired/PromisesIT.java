package dev.holdfast.control.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Twin;
import dev.holdfast.wire.AdminState;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/// The promises of the long poll, on two replicas of one database. Neither re-reads by a timer
/// here, and polls wait for a minute: whoever is woken was woken by a commit.
class PromisesIT {

    private static final int WRITERS = 5;
    private static final int WRITES = 40;
    private static final int READERS = 6;

    private static List<Twin> replicas;

    private String site;
    private long seed;

    @BeforeAll
    static void start() {
        replicas =
                List.of(
                        Twin.start("holdfast.reread-interval=1h"),
                        Twin.start("holdfast.reread-interval=1h"));
    }

    @AfterAll
    static void stop() {
        replicas.forEach(Twin::close);
    }

    @BeforeEach
    void aSiteWithTwinServices() {
        seed = Long.getLong("holdfast.test.seed", System.nanoTime());
        site = replicas.get(0).api().newSite().name();
        scribe(0)
                .write(page -> {
                    page.vip("shop", "198.51.100.1").node("lb1", "10.2.1.2");
                    for (int i = 0; i < 6; i++) {
                        page.host("web" + i, "10.3." + i + ".2");
                    }
                    page.service("left", "shop", 80).service("right", "shop", 81);
                    twins(page, 1);
                });
    }

    private Scribe scribe(int replica) {
        return new Scribe(replicas.get(replica % 2).context(), site);
    }

    private static void twins(Scribe.Page page, int weight) {
        page.backend("left", "web0", weight, AdminState.ENABLED)
                .backend("right", "web0", weight, AdminState.ENABLED);
    }

    private Answer ask(int replica, Reading reading, int waitSeconds) {
        String query = "?after=" + reading.revision() + "&wait=" + waitSeconds;
        String epoch = reading.epoch().isEmpty() ? "" : "&epoch=" + reading.epoch();
        return replicas.get(replica % 2)
                .api()
                .get("/agent/v1/sites/" + site + "/nodes/lb1/desired-state" + query + epoch);
    }

    @Test
    void manyReadersOfManyWritersSeeOneHistory() throws Exception {
        Set<Long> acknowledged = new ConcurrentSkipListSet<>();
        AtomicBoolean writing = new AtomicBoolean(true);
        List<Future<Reading>> readers = new ArrayList<>();
        List<Future<?>> writers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < READERS; i++) {
                readers.add(threads.submit(reader(i, writing)));
            }
            for (int i = 0; i < WRITERS; i++) {
                writers.add(threads.submit(writer(i, acknowledged)));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            writing.set(false);
            long last = scribe(1).write(page -> page.node("last", "10.2.9.9"));
            acknowledged.add(last);
            Reading full = Reading.ofNode().take(ask(0, Reading.ofNode(), 0).is(200).body());
            assertThat(full.revision()).as("read after the acknowledgement").isEqualTo(last);
            for (Future<Reading> reader : readers) {
                assertThat(reader.get().everything())
                        .as("seed %s", seed)
                        .isEqualTo(full.everything());
            }
            assertThat(Reading.ofNode().take(ask(1, Reading.ofNode(), 0).body()).everything())
                    .isEqualTo(full.everything());
            assertThat(acknowledged)
                    .as("every number from 3 to the last, once; seed %s", seed)
                    .containsExactlyElementsOf(LongStream.rangeClosed(3, last).boxed().toList());
        }
    }

    private Callable<Integer> writer(int number, Set<Long> acknowledged) {
        return () -> {
            Random random = new Random(seed + number);
            for (int i = 0; i < WRITES; i++) {
                // Always a change: the weight is another each time.
                int weight = 2 + (i * WRITERS + number) % 900;
                long revision =
                        scribe(random.nextInt(2))
                                .write(page -> change(page, random, number, weight));
                assertThat(acknowledged.add(revision)).as("revision %d twice", revision).isTrue();
            }
            return number;
        };
    }

    /// Twins always together; with them things of the writer's own that come and go.
    private static void change(Scribe.Page page, Random random, int writer, int weight) {
        twins(page, weight);
        String own = "s" + writer + "-" + random.nextInt(3);
        switch (random.nextInt(4)) {
            case 0 -> page.node("n" + writer, "10.4." + writer + "." + weight % 250);
            case 1 -> {
                page.service(
                        own, "shop", 1000 + Math.floorMod(own.hashCode(), 500) + writer * 1000);
                page.backend(own, "web" + (1 + random.nextInt(5)), weight, AdminState.DRAINING);
            }
            case 2 -> {
                page.service(
                        own, "shop", 1000 + Math.floorMod(own.hashCode(), 500) + writer * 1000);
                page.withoutService(own);
            }
            default -> page.host("web" + (1 + writer % 5), "10.5." + writer + "." + weight % 250);
        }
    }

    private Callable<Reading> reader(int number, AtomicBoolean writing) {
        return () -> {
            Random random = new Random(seed - number);
            Reading reading = Reading.ofNode();
            while (reading.find("nodes", "last").isMissingNode()) {
                if (random.nextInt(8) == 0) {
                    reading = Reading.ofNode(); // resumable: from nothing
                }
                if (writing.get() && random.nextInt(4) == 0) {
                    Thread.sleep(random.nextInt(200)); // and from some way back
                }
                Answer answer = ask(random.nextInt(2), reading, 60);
                assertThat(answer.status()).as("woken by a commit; seed %s", seed).isEqualTo(200);
                assertThat(answer.at("/reset")).as("seed %s", seed).isEqualTo("false");
                reading.take(answer.body());
                assertThat(weight(reading, "left"))
                        .as("one revision is never split; seed %s", seed)
                        .isEqualTo(weight(reading, "right"));
            }
            return reading;
        };
    }

    private static String weight(Reading reading, String service) {
        return reading.find("services", service).at("/destinations/0/weight").asString();
    }

    @Test
    void aWriteOnOneReplicaWakesAPollOnTheOther() throws Exception {
        Reading reading = Reading.ofNode().take(ask(1, Reading.ofNode(), 0).is(200).body());
        CompletableFuture<Answer> parked = CompletableFuture.supplyAsync(() -> ask(1, reading, 60));
        Thread.sleep(500);
        assertThat(parked).isNotDone();

        scribe(0).write(page -> page.node("lb2", "10.2.2.2"));

        parked.get().is(200).has("/nodes/0/name", "lb2");
    }

    @Test
    void whatOneReplicaAcknowledgedTheOtherTells() {
        for (int i = 0; i < 30; i++) {
            int writer = i;
            String name = "node-" + i;
            long revision = scribe(writer).write(page -> page.node(name, "10.6.0." + (writer + 1)));
            Answer full = ask(writer + 1, Reading.ofNode(), 0).is(200);
            full.has("/revision", revision);
            // A node that this replica has not heard of yet is no 404.
            replicas.get((writer + 1) % 2)
                    .api()
                    .get("/agent/v1/sites/" + site + "/nodes/" + name + "/desired-state")
                    .is(200);
        }
    }

    @Test
    void anOlderDatabaseInPlaceIsNoticedAndANewEpochBegins() throws Exception {
        Reading reading = Reading.ofNode().take(ask(0, Reading.ofNode(), 0).is(200).body());
        scribe(0).write(page -> page.node("lb2", "10.2.2.2"));
        reading.take(ask(0, reading, 0).is(200).body());
        String epoch = reading.epoch();
        CompletableFuture<Answer> parked = CompletableFuture.supplyAsync(() -> ask(1, reading, 60));
        Thread.sleep(300);

        restoreToRevisionTwo();
        Answer reset = ask(0, reading, 60).is(200);

        reset.has("/full", true).has("/reset", true).has("/revision", 2);
        assertThat(reset.at("/epoch")).isNotEqualTo(epoch);
        assertThat(parked.get().at("/reset")).as("who waited is told too").isEqualTo("true");
        assertThat(Reading.ofNode().take(reset.body()).find("nodes", "lb2").isMissingNode())
                .isTrue();
        scribe(1).write(page -> page.node("lb3", "10.2.3.2"));
        ask(0, reading, 0).has("/reset", true).has("/revision", 3);
    }

    /// Leaves the tables as a backup of revision 2 has them, and rings, as each replica does for
    /// all sites when it connects again.
    private void restoreToRevisionTwo() {
        JdbcClient jdbc = replicas.get(0).context().getBean(JdbcClient.class);
        for (String sql :
                List.of(
                        "delete from node where name = 'lb2' and site_id = (%s)",
                        "delete from revision where number > 2 and site_id = (%s)",
                        "update lineage set revision = 2 where id = (%s)")) {
            jdbc.sql(sql.formatted("select id from lineage where site = ?")).param(site).update();
        }
        jdbc.sql("select pg_notify('holdfast', ?)").param(site).query((_, _) -> site).list();
    }
}
