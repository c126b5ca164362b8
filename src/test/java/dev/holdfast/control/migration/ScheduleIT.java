package dev.holdfast.control.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.WithControlPlane;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// A schedule whose clock the test moves, and a load balancer whose agent it plays. The control
/// plane's own clock takes at most the first step: the others soak for hours.
@WithControlPlane
class ScheduleIT {

    private static final String STEPS =
            "'steps': [{'percent': 5, 'soakSeconds': 36000}, {'percent': 25, 'soakSeconds': 36000},"
                    + " {'percent': 100, 'soakSeconds': 36000}]";
    private static final Duration SOAK = Duration.ofHours(11);

    @Autowired private Api api;
    @Autowired private Pilot pilot;
    private ShopBeingMoved shop;
    private Instant now = Instant.now();

    @BeforeEach
    void aServiceAtShadow() {
        shop = ShopBeingMoved.with(api, 4);
        shop.to("SHADOW").is(200);
    }

    private Answer schedule(String members) {
        return shop.site().put("services/shop/migration/schedule", "{" + members + "}");
    }

    private Answer schedule() {
        return shop.site().get("services/shop/migration/schedule").is(200);
    }

    /// The load balancer says that it has all of it.
    private void reports(String rest) {
        shop.agent()
                .post(
                        "/agent/v1/sites/%s/nodes/lb1/report".formatted(shop.site().name()),
                        "{'epoch': '%s', 'revision': %d%s}"
                                .formatted(
                                        api.get(shop.site().path()).at("/epoch"),
                                        shop.revision(),
                                        rest))
                .is(204);
    }

    private void lookAfter(Duration time) {
        now = now.plus(time);
        pilot.look(now);
    }

    private void isAt(String percent, String state) {
        shop.migration().has("/percent", percent);
        schedule().has("/state", state);
    }

    @Test
    void itGoesAllTheWayByItselfWhileAllIsWell() {
        schedule(STEPS).is(200).has("/state", "RUNNING").has("/steps/0/percent", 5);
        pilot.look(now);
        isAt("0", "RUNNING");
        assertThat(schedule().at("/why")).contains("no load balancer is heard from");

        reports("");
        lookAfter(Duration.ofSeconds(1));
        isAt("5", "RUNNING");
        assertThat(shop.site().get("revisions/" + shop.revision()).at("/actor"))
                .isEqualTo("schedule");

        lookAfter(SOAK);
        isAt("5", "RUNNING");
        assertThat(schedule().at("/why")).contains("node lb1 does not have revision");

        reports("");
        lookAfter(Duration.ofSeconds(1));
        isAt("25", "RUNNING");
        reports("");
        lookAfter(Duration.ofHours(9));
        isAt("25", "RUNNING");
        lookAfter(SOAK);
        isAt("100", "RUNNING");
        shop.migration().has("/stage", "LIVE");
        reports("");
        lookAfter(SOAK);
        isAt("100", "DONE");
    }

    @Test
    void whenSomethingIsWrongItGoesBackOneStepAndSaysWhy() {
        schedule(STEPS).is(200);
        reports("");
        lookAfter(Duration.ofSeconds(1));
        reports("");
        lookAfter(SOAK);
        isAt("25", "RUNNING");

        reports(
                ", 'failures': [{'resource': 'service shop TCP 80', 'operation': 'edit',"
                        + " 'error': 'EINVAL'}]");
        lookAfter(Duration.ofSeconds(1));

        isAt("5", "HALTED");
        assertThat(schedule().at("/why")).contains("from 25 % to 5 %", "node lb1 fails", "EINVAL");
        reports("");
        lookAfter(SOAK);
        isAt("5", "HALTED");

        // The server's own clock says since when; the test's is hours ahead of it.
        schedule(STEPS).is(200).has("/state", "RUNNING").hasNo("/why");
        lookAfter(Duration.ofSeconds(1));
        isAt("25", "RUNNING");
    }

    @Test
    void aPersonHoldsItAndLetsItGoOn() {
        schedule(STEPS + ", 'paused': true").is(200).has("/state", "PAUSED");
        reports("");
        lookAfter(SOAK);
        isAt("0", "PAUSED");

        schedule(STEPS + ", 'paused': false").is(200).has("/state", "RUNNING");
        lookAfter(Duration.ofSeconds(1));
        isAt("5", "RUNNING");

        shop.canary("10").is(200);
        lookAfter(Duration.ofSeconds(1));
        isAt("10", "PAUSED");
        assertThat(schedule().at("/why")).contains("by hand");

        shop.site().delete("services/shop/migration/schedule").is(204);
        shop.site().get("services/shop/migration/schedule").isProblem(404);
        shop.migration().has("/percent", 10);
    }

    @Test
    void ofManyReplicasThatLookAtOnceOneTakesTheStep() {
        schedule(STEPS).is(200);
        reports("");
        long before = shop.revision();

        List<CompletableFuture<Void>> looks =
                IntStream.range(0, 4)
                        .mapToObj(_ -> CompletableFuture.runAsync(() -> pilot.look(now)))
                        .toList();
        looks.forEach(CompletableFuture::join);

        isAt("5", "RUNNING");
        assertThat(shop.revision()).isEqualTo(before + 1);
    }

    @Test
    void badInputIsRefusedByField() {
        schedule("'steps': []").isProblem(400, "steps");
        schedule("'steps': [{'percent': 25}, {'percent': 5}]").isProblem(400, "steps[1].percent");
        schedule("'steps': [{'percent': 101}]").isProblem(400, "steps[0].percent");
        schedule("'steps': [{'percent': 5, 'soakSeconds': 0}]")
                .isProblem(400, "steps[0].soakSeconds");
        schedule("'steps': [{'percent': 5.0001}]").isProblem(400, "steps[0].percent");
        schedule("'steps': [null]").isProblem(400);
        schedule("'steps': [{'percent': 0.1}]").isProblem(422, "steps[0].percent");
        shop.to("LEGACY").is(200);
        schedule(STEPS).isProblem(409).says("LEGACY");
    }
}
