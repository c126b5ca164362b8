package dev.holdfast.control.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.WithControlPlane;
import dev.holdfast.wire.AdminState;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/// What an agent of a backend host is told, over HTTP: what concerns it, and nothing else.
@WithControlPlane
class HostDesiredStateIT {

    @Autowired private Api api;
    @Autowired private ApplicationContext server;

    private String site;
    private Scribe scribe;

    @BeforeEach
    void aSiteWithTwoServicesOnTwoHosts() {
        site = api.newSite().name();
        scribe = new Scribe(server, site);
        scribe.write(page ->
                page.host("web1", "10.3.1.2")
                        .host("web2", "10.3.2.2")
                        .vip("shop", "198.51.100.1")
                        .vip("api", "198.51.100.2")
                        .service("shop", "shop", 443)
                        .service("api", "api", 80)
                        .backend("shop", "web1", 1, AdminState.ENABLED)
                        .backend("api", "web2", 1, AdminState.ENABLED));
    }

    private Answer ask(String host, String query) {
        return api.get("/agent/v1/sites/" + site + "/hosts/" + host + "/desired-state" + query);
    }

    /// What a delta since the reading leads to is what a full state says.
    private Answer delta(Reading reading) {
        Answer delta = ask("web1", "?after=" + reading.revision()).is(200).has("/full", false);
        reading.take(delta.body());
        assertThat(reading.everything())
                .isEqualTo(Reading.ofHost().take(ask("web1", "").body()).everything());
        return delta;
    }

    @Test
    void aFullStateHasWhatConcernsTheHost() {
        Answer full = ask("web1", "").is(200);

        full.has("/site", site).has("/revision", 2).has("/full", true).has("/reset", false);
        full.has("/host/name", "web1").has("/host/address", "10.3.1.2");
        full.has("/host/tunnelAddresses/0", "203.0.113.1");
        full.has("/encapsulation", "{\"kind\":\"GUE\",\"port\":6080}").has("/mss", 1428);
        full.has("/vips", "[{\"name\":\"shop\",\"address\":\"198.51.100.1\"}]");
        full.has(
                "/services",
                """
                [{"name":"shop","vip":"shop","ports":[{"protocol":"TCP","port":443}],"chances":[],"tracked":true}]\
                """);
        full.has("/meant", false).has("/host/cliffPercent", 50).hasNo("/nodes").hasNo("/removed");
        Reading.ofHost().take(full.body());
    }

    @Test
    void whatConcernsOthersDoesNotWakeIt() throws Exception {
        CompletableFuture<Answer> parked =
                CompletableFuture.supplyAsync(() -> ask("web1", "?after=2&wait=2"));
        Thread.sleep(300);

        scribe.write(page -> page.backend("api", "web2", 5, AdminState.ENABLED));
        scribe.write(page -> page.node("lb1", "10.2.1.2"));

        parked.get().is(304);
        ask("web1", "?after=2&wait=0").is(304);
        ask("web2", "?after=2&wait=0").is(200).has("/services/0/name", "api");
    }

    @Test
    void withoutSecondChanceOtherBackendsAreNoConcernOfItEither() {
        api.put(
                        "/api/v1/sites/" + site + "?force=true",
                        "{'vipRanges': ['198.51.100.0/24'], 'encapsulation': {'kind': 'IPIP'}}")
                .is(200);

        scribe.write(page -> page.backend("shop", "web1", 5, AdminState.DRAINING));
        scribe.write(page -> page.backend("shop", "web2", 5, AdminState.ENABLED));

        ask("web1", "?after=3&wait=0").is(304);
        ask("web2", "?after=3&wait=0")
                .is(200)
                .has("/services/0/name", "shop")
                .has("/services/0/chances", "[]");
    }

    @Test
    void earlierTablesAreTold() {
        Reading reading = Reading.ofHost().take(ask("web1", "").body());

        scribe.write(page -> page.backend("shop", "web2", 1, AdminState.ENABLED));
        delta(reading)
                .has("/services/0/chances/0/affinity", "CONNECTION")
                .has("/services/0/chances/0/destinations/0/host", "web1")
                .hasNo("/services/0/chances/0/destinations/1")
                .hasNo("/services/0/chances/1");

        scribe.write(page -> page.backend("shop", "web1", 1, AdminState.DRAINING));
        delta(reading)
                .has("/services/0/chances/0/destinations/1/host", "web2")
                .hasNo("/services/0/chances/1/destinations/1");
        // It joined one change ago: what it does not know belongs to those before it.
        ask("web2", "")
                .has("/services/1/chances/0/destinations/0/host", "web1")
                .hasNo("/services/1/chances/0/destinations/1");

        scribe.write(page -> page.backend("shop", "web1", 1, AdminState.DISABLED));
        delta(reading)
                .has("/services/0/chances/0/destinations/0/serving", false)
                .has("/services/0/chances/0/destinations/0/cut", true);
    }

    /// Twelve changes make three tables.
    @Test
    void aTableThatComesBackPushesNoOtherOut() {
        scribe.write(page -> page.backend("shop", "web2", 1, AdminState.ENABLED));
        for (int i = 0; i < 6; i++) {
            scribe.write(page -> page.backend("shop", "web1", 2, AdminState.ENABLED));
            scribe.write(page -> page.backend("shop", "web1", 1, AdminState.ENABLED));
        }

        // That of before it joined, which names another for all that it does not know.
        ask("web2", "")
                .has("/services/1/chances/0/destinations/0/host", "web1")
                .hasNo("/services/1/chances/0/destinations/1");
    }

    @Test
    void flowsOfUdpAreAskedOfAnEarlierTableWithoutWhoIsDownAndThenOfThePresentOne() {
        String path = "/api/v1/sites/" + site + "/services/shop";
        String asked =
                """
                {'vip': 'shop', 'healthCheck': {'kind': 'TCP', 'port': 443}, 'udpSecondChance': %s,
                 'ports': [{'protocol': 'TCP', 'port': 443}, {'protocol': 'UDP', 'port': 443}]}\
                """;
        api.put(path, asked.formatted("true")).is(200).has("/udpSecondChance", true);
        Reading reading = Reading.ofHost().take(ask("web1", "").body());
        scribe.write(page -> page.backend("shop", "web2", 1, AdminState.ENABLED));
        delta(reading)
                .has("/services/0/udpChances/0/destinations/0/host", "web1")
                .hasNo("/services/0/udpChances/0/destinations/1")
                .has("/services/0/udpChances/1/destinations/1/host", "web2")
                .hasNo("/services/0/udpChances/2");

        String health = path + "/backends/web2/health";
        api.put(health, "{'up': true, 'why': 'new'}").is(201);
        api.put(health, "{'up': false, 'why': 'its rack burns'}").is(200);
        delta(reading)
                .has("/services/0/udpChances/0/destinations/1/host", "web2")
                .has("/services/0/udpChances/0/destinations/1/cut", true)
                .hasNo("/services/0/chances/0/destinations/1/cut")
                .hasNo("/services/0/udpChances/1/destinations/1/cut");

        api.put(path, asked.formatted("false")).is(200);
        delta(reading).has("/services/0/chances/0/affinity", "CONNECTION");
        assertThat(ask("web1", "").body()).doesNotContain("udpChances");
        api.put(path, asked.formatted("'no'")).isProblem(400, "udpSecondChance");
    }

    /// Its clients are to learn of it, so nobody leads them back to where nobody answers any more.
    @Test
    void oneThatIsDeletedServesInNoEarlierTable() {
        scribe.write(page -> page.backend("shop", "web2", 1, AdminState.ENABLED));

        scribe.write(page -> page.withoutBackend("shop", "web1"));

        ask("web2", "")
                .has("/services/1/chances/0/destinations/0/host", "web1")
                .has("/services/1/chances/0/destinations/0/cut", true)
                .hasNo("/services/1/chances/0/destinations/1/cut");
    }

    @Test
    void aServiceWithoutSecondChanceHasNoEarlierTablesUntilItHasAgainAndChanges() {
        Reading reading = Reading.ofHost().take(ask("web1", "").body());
        scribe.write(page -> page.backend("shop", "web2", 1, AdminState.ENABLED));
        delta(reading).has("/services/0/chances/0/destinations/0/host", "web1");
        String path = "/api/v1/sites/" + site + "/services/shop";
        String asked = api.get(path).is(200).has("/secondChance", true).body();

        String off = asked.replace("\"secondChance\":true", "\"secondChance\":false");
        api.put(path, off).is(200).has("/secondChance", false);
        delta(reading).has("/services/0/chances", "[]").hasNo("/services/0/tracked");
        String explain = path + "/explain?client=203.0.113.7:51514";
        assertThat(api.get(explain).is(200).at("/sentence")).contains("Second chance is off");
        api.put(path, api.get(path).body()).is(200).has("/secondChance", false);

        api.put(path, asked).is(200).has("/secondChance", true);
        assertThat(api.get(explain).at("/sentence")).doesNotContain("Second chance");
        // Its hosts do not know yet which connections are their own.
        delta(reading).has("/services/0/chances", "[]").has("/services/0/tracked", true);
        scribe.write(page -> page.backend("shop", "web2", 3, AdminState.ENABLED));
        delta(reading)
                .has("/services/0/chances/0/destinations/1/host", "web2")
                .has("/services/0/chances/0/destinations/1/weight", 1)
                .hasNo("/services/0/chances/1");
        api.put(path, asked.replace("\"secondChance\":true", "\"secondChance\":\"no\""))
                .isProblem(400, "secondChance");
    }

    @Test
    void aServiceThatComesOrGoesIsTold() throws Exception {
        Reading reading = Reading.ofHost().take(ask("web1", "").body());
        CompletableFuture<Answer> parked =
                CompletableFuture.supplyAsync(() -> ask("web1", "?after=2&wait=60"));
        Thread.sleep(300);

        scribe.write(page -> page.backend("api", "web1", 1, AdminState.ENABLED));

        parked.get().is(200).has("/services/0/name", "api").hasNo("/services/1").hasNo("/mss");
        delta(reading).has("/vips/0/name", "api").hasNo("/removed");

        scribe.write(page -> page.withoutBackend("shop", "web1"));
        delta(reading).has("/removed", "{\"services\":[\"shop\"],\"vips\":[\"shop\"]}");
        scribe.write(page -> page.withoutService("api"));
        delta(reading).has("/removed", "{\"services\":[\"api\"],\"vips\":[\"api\"]}");
    }

    @Test
    void aServiceThatLooksDifferentIsTold() {
        Reading reading = Reading.ofHost().take(ask("web1", "").body());

        scribe.write(page -> page.service("shop", "shop", 8443));
        delta(reading).has("/services/0/ports/0/port", 8443).hasNo("/removed");
        scribe.write(page -> page.vip("shop", "198.51.100.3"));
        delta(reading).has("/vips/0/address", "198.51.100.3").hasNo("/removed");
        scribe.write(page -> page.service("shop", "api", 8443));
        delta(reading).has("/removed/vips", "[\"shop\"]").has("/vips/0/name", "api");
    }

    @Test
    void settingsAreToldWhenTheyChange() {
        Reading reading = Reading.ofHost().take(ask("web1", "").body());

        String path = "/api/v1/sites/" + site;
        String accepts = "{'vipRanges': ['198.51.100.0/24'], 'accepts': [%s]}";
        api.put(path, accepts.formatted("{'kind': 'GUE', 'port': 7000}")).is(200);
        delta(reading).has("/accepts/0/port", 7000).has("/encapsulation/port", 6080);
        api.put(path, accepts.formatted("")).is(200);
        delta(reading).has("/accepts", "[]");
        api.put(
                        path + "?force=true",
                        """
                        {'vipRanges': ['198.51.100.0/24', '2001:db8:100::/64'],
                         'encapsulation': {'kind': 'GUE', 'port': 7000}}\
                        """)
                .is(200);
        delta(reading).has("/encapsulation/port", 7000).has("/mss", 1428).hasNo("/services");
        scribe.write(page ->
                page.vip("six", "2001:db8:100::1")
                        .service("six", "six", 80)
                        .backend("six", "web1", 1, AdminState.ENABLED));
        delta(reading).has("/mss", 1408).has("/services/0/name", "six");
        scribe.write(page -> page.host("web1", "10.3.1.9"));
        delta(reading)
                .has("/host/address", "10.3.1.9")
                .hasNo("/mss")
                .has("/services/0/chances/0/destinations/0/address", "10.3.1.2");
    }

    @Test
    void theSegmentSizeFollowsTheUnderlay() {
        Reading reading = Reading.ofHost().take(ask("web1", "").body());
        String path = "/api/v1/sites/" + site;
        String mtu = "{'vipRanges': ['198.51.100.0/24'], 'underlayMtu': %d}";

        api.put(path, mtu.formatted(9000)).is(200);
        delta(reading).has("/mss", 8928).hasNo("/underlayMtu").hasNo("/services");
        api.put(path, mtu.formatted(1400)).is(200);
        delta(reading).has("/mss", 1328);
        api.put(path, mtu.formatted(1500)).is(200);
        delta(reading).has("/mss", 1428);
    }

    @Test
    void whatIsMeantIsToldToEveryHostAlsoWhenNothingElseConcernsIt() throws Exception {
        Reading reading = Reading.ofHost().take(ask("web1", "").body());
        CompletableFuture<Answer> parked =
                CompletableFuture.supplyAsync(() -> ask("web1", "?after=2&wait=60"));
        Thread.sleep(300);

        scribe.writeMeant(page -> page.withoutService("api"));

        parked.get().is(200).has("/meant", true).hasNo("/services").hasNo("/removed");
        delta(reading).has("/meant", true).has("/revision", 3);
        scribe.write(page -> page.withoutService("shop"));
        ask("web1", "?after=2").has("/meant", true);
        delta(reading).has("/meant", false).has("/removed/services/0", "shop");
        ask("web1", "").has("/meant", false);
        ask("web1", "?after=9").has("/reset", true).has("/meant", false);
    }

    @Test
    void howMuchMayBeLostIsToldWhenItChanges() {
        Reading reading = Reading.ofHost().take(ask("web1", "").body());
        api.put(
                        "/api/v1/sites/" + site,
                        "{'vipRanges': ['198.51.100.0/24'], 'limits': {'cliffPercent': 70}}")
                .is(200);
        delta(reading).has("/host/cliffPercent", 70).has("/meant", false);
    }

    @Test
    void aHostMadeAgainStartsAnew() {
        scribe.write(page -> page.withoutBackend("shop", "web1").withoutHost("web1"));
        ask("web1", "").isProblem(404).says("there is no host web1");
        scribe.write(page -> page.host("web1", "10.3.1.2"));

        ask("web1", "?after=2").is(200).has("/full", true).has("/reset", false);
        ask("web1", "?after=9").is(200).has("/full", true).has("/reset", true);
    }
}
