package dev.holdfast.control.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.WithControlPlane;
import dev.holdfast.wire.AdminState;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;
import tools.jackson.databind.JsonNode;

/// What an agent of a load balancer is told, over HTTP.
@WithControlPlane
class DesiredStateIT {

    @Autowired private Api api;
    @Autowired private ApplicationContext server;

    private String site;
    private Scribe scribe;

    @BeforeEach
    void aSiteWithOneServiceAndTwoBackends() {
        site = api.newSite().name();
        scribe = new Scribe(server, site);
        scribe.write(page ->
                page.node("lb1", "10.2.1.2")
                        .node("lb2", "10.2.2.2")
                        .host("web1", "10.3.1.2")
                        .host("web2", "10.3.2.2")
                        .vip("shop", "198.51.100.1")
                        .service("shop", "shop", 443)
                        .backend("shop", "web1", 1, AdminState.ENABLED)
                        .backend("shop", "web2", 3, AdminState.DRAINING));
    }

    private String path(String query) {
        return "/agent/v1/sites/" + site + "/nodes/lb1/desired-state" + query;
    }

    private Answer ask(String query) {
        return api.get(path(query));
    }

    @Test
    void anUnderlayOfAnotherSizeIsTold() {
        api.put("/api/v1/sites/" + site, "{'vipRanges': ['198.51.100.0/24'], 'underlayMtu': 1400}")
                .is(200);

        ask("?after=2").is(200).has("/full", false).has("/node/underlayMtu", 1400);
        ask("").is(200).has("/node/underlayMtu", 1400);
    }

    @Test
    void aFullStateHasEverything() {
        Answer full = ask("").is(200);

        full.has("/site", site).has("/revision", 2).has("/full", true).has("/reset", false);
        full.has("/meant", false).hasNo("/removed");
        full.has("/node/name", "lb1").has("/node/address", "10.2.1.2");
        full.has("/node/maintenance", false)
                .has("/node/cliffPercent", 50)
                .hasNo("/node/underlayMtu");
        full.has("/encapsulation/kind", "GUE").has("/vipRanges/0", "198.51.100.0/24");
        full.has("/nodes/1/name", "lb2").has("/hosts/0/tunnelAddresses/0", "203.0.113.1");
        JsonNode service = full.json().at("/services/0");
        assertThat(service)
                .hasToString(
                        """
                        {"name":"shop","vip":{"name":"shop","address":"198.51.100.1"},\
                        "ports":[{"protocol":"TCP","port":443}],"affinity":"CONNECTION",\
                        "announce":true,"destinations":[\
                        {"host":"web1","ordinal":1,"address":"10.3.1.2","weight":1,"serving":true},\
                        {"host":"web2","ordinal":2,"address":"10.3.2.2","weight":3,"serving":false}\
                        ]}\
                        """);
        Reading.ofNode().take(full.body());
    }

    @Test
    void withFouTheTableHashesTunnelAddresses() {
        api.put(
                        "/api/v1/sites/" + site + "?force=true",
                        """
                        {'vipRanges': ['198.51.100.0/24'], 'tunnelRanges': ['203.0.113.0/24'],
                         'encapsulation': {'kind': 'FOU'}}
                        """)
                .is(200);
        scribe.write(page -> page.backend("shop", "web1", 2, AdminState.ENABLED));

        Answer full = ask("").is(200);

        full.has("/encapsulation/port", 5555);
        full.has("/services/0/destinations/0/address", "203.0.113.1");
    }

    @Test
    void aDeltaHasOnlyWhatChanged() {
        Reading reading = Reading.ofNode().take(ask("").body());

        scribe.write(page -> page.backend("shop", "web1", 7, AdminState.ENABLED));
        Answer delta = ask("?after=2&epoch=" + reading.epoch()).is(200);

        delta.has("/revision", 3).has("/full", false).has("/reset", false).has("/meant", false);
        delta.has("/node/name", "lb1").has("/services/0/destinations/0/weight", 7);
        delta.hasNo("/nodes").hasNo("/hosts").hasNo("/vipRanges").hasNo("/encapsulation");
        delta.hasNo("/removed").hasNo("/services/1");
        reading.take(delta.body());
        assertThat(reading.everything())
                .isEqualTo(Reading.ofNode().take(ask("").body()).everything());
    }

    @Test
    void aDeltaNamesWhatIsGone() {
        scribe.write(page -> page.vip("api", "198.51.100.2").service("api", "api", 80));
        Reading reading = Reading.ofNode().take(ask("").body());

        scribe.write(page ->
                page.withoutService("api")
                        .withoutBackend("shop", "web2")
                        .withoutHost("web2")
                        .withoutNode("lb2"));
        Answer delta = ask("?after=" + reading.revision()).is(200);

        delta.has("/removed/services", "[\"api\"]").has("/removed/hosts", "[\"web2\"]");
        delta.has("/removed/nodes", "[\"lb2\"]").has("/services/0/name", "shop");
        reading.take(delta.body());
        assertThat(reading.everything())
                .isEqualTo(Reading.ofNode().take(ask("").body()).everything());
    }

    @Test
    void aRevisionThatConcernsNoLoadBalancerWakesThemToo() {
        scribe.write(page -> page.vip("spare", "198.51.100.9"));

        Answer delta = ask("?after=2").is(200).has("/revision", 3);

        delta.hasNo("/services").hasNo("/removed");
    }

    @Test
    void nothingNewIsSaidAfterTheWait() {
        long start = System.nanoTime();

        assertThat(ask("?after=2&wait=0").is(304).body()).isEmpty();
        ask("?after=2&wait=1").is(304);
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .isGreaterThan(Duration.ofMillis(930));
    }

    @Test
    void aParkedPollIsWokenByTheCommit() throws Exception {
        CompletableFuture<Answer> parked =
                CompletableFuture.supplyAsync(() -> ask("?after=2&wait=60"));
        Thread.sleep(300);
        assertThat(parked).isNotDone();

        scribe.write(page -> page.node("lb3", "10.2.3.2"));

        parked.get().is(200).has("/revision", 3).has("/nodes/0/name", "lb3").hasNo("/nodes/1");
    }

    @Test
    void aNodeThatIsDeletedWhileItWaitsIsTold() throws Exception {
        CompletableFuture<Answer> parked =
                CompletableFuture.supplyAsync(() -> ask("?after=2&wait=60"));
        Thread.sleep(300);

        scribe.write(page -> page.withoutNode("lb1"));

        parked.get().isProblem(404).says("there is no node lb1");
    }

    @Test
    void anAgentThatIsAheadOrOfAnotherEpochStartsAnew() {
        Answer ahead = ask("?after=3").is(200);
        ahead.has("/full", true).has("/reset", true).has("/revision", 2);
        Answer elsewhere = ask("?after=2&epoch=00000000-0000-4000-8000-000000000000").is(200);
        elsewhere.has("/full", true).has("/reset", true).has("/revision", 2);
        ask("?after=0&epoch=another").has("/reset", true);
        ask("?after=0&epoch=" + elsewhere.at("/epoch")).has("/full", true).has("/reset", false);
    }

    @Test
    void aSiteMadeAgainHasAnotherEpochAndItsAgentsStartAnew() {
        String epoch = ask("").at("/epoch");
        scribe.write(page -> page.withoutService("shop"));
        scribe.write(page ->
                page.withoutNode("lb1").withoutNode("lb2").withoutHost("web1").withoutHost("web2"));
        api.delete("/api/v1/sites/" + site + "/vips/shop").is(204);
        api.delete("/api/v1/sites/" + site).is(204);
        ask("").isProblem(404).says("there is no site " + site);
        api.put("/api/v1/sites/" + site, "{'vipRanges': ['198.51.100.0/24']}").is(201);
        scribe.write(page -> page.node("lb1", "10.2.1.2"));

        Answer reset = ask("?after=2&epoch=" + epoch).is(200);

        reset.has("/reset", true).has("/revision", 2).has("/services", "[]");
        assertThat(reset.at("/epoch")).isNotEqualTo(epoch);
    }

    @Test
    void aLossIsMeantOnlyForThoseWhoPassTheRevisionThatSaysSo() {
        scribe.write(page -> page.node("lb3", "10.2.3.2"));
        scribe.writeMeant(page -> page.withoutBackend("shop", "web2"));
        ask("?after=3").has("/meant", true);
        ask("").has("/meant", true);
        ask("?after=9").has("/reset", true).has("/meant", true);

        scribe.write(page -> page.node("lb4", "10.2.4.2"));

        ask("?after=2").has("/meant", true);
        ask("?after=4").has("/meant", false);
        ask("").has("/meant", false);
        ask("?after=9").has("/reset", true).has("/meant", false);
    }

    @Test
    void aLossCanBeMeantAfterwards() {
        long before = Long.parseLong(ask("").at("/revision"));
        String node = "/api/v1/sites/" + site + "/nodes/lb1";

        api.put(node + "?meant=true", "{'address': '10.2.1.2'}").is(200);

        ask("").has("/meant", true).has("/revision", before + 1);
        scribe.write(page -> page.node("lb3", "10.2.3.2"));
        ask("").has("/revision", before + 2);
    }

    @Test
    void whatMakesNoSenseIsRefusedByName() {
        ask("?after=-1").isProblem(400, "after");
        ask("?after=1.5").isProblem(400, "after");
        ask("?after=").isProblem(400, "after");
        ask("?after=1&after=2").isProblem(400, "after");
        ask("?wait=61").isProblem(400, "wait");
        ask("?wait=a").isProblem(400, "wait");
        ask("?epoch=a%20b").isProblem(400, "epoch");
        api.get("/agent/v1/sites/" + site + "/nodes/lb9/desired-state").isProblem(404);
        api.get("/agent/v1/sites/nowhere/nodes/lb1/desired-state").isProblem(404);
    }
}
