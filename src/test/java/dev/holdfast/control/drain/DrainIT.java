package dev.holdfast.control.drain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Two load balancers, whose agents this test plays, and a backend that drains.
@WithControlPlane
class DrainIT {

    private static final String WEB1 = "services/shop/backends/web1";

    @Autowired private Api api;
    @Autowired private JdbcClient jdbc;
    @Autowired private DrainReview review;

    private final Map<String, Api> agents = new HashMap<>();
    private SiteOfATest site;

    @BeforeEach
    void aServiceOnTwoLoadBalancers() {
        site = api.newSite();
        for (int i = 1; i <= 2; i++) {
            String path = "nodes/lb" + i;
            site.put(path, "{'address': '10.2.%d.2'}".formatted(i)).is(201);
            agents.put("lb" + i, api.as(site.post(path + "/token", "").is(200).at("/token")));
        }
        site.put("vips/shop", "{}").is(201);
        site.put("services/shop", "{'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 80}]}")
                .is(201);
        site.put("hosts/web1", "{'address': '192.0.2.21'}").is(201);
        site.put("hosts/web2", "{'address': '192.0.2.22'}").is(201);
        site.put(WEB1, "{}").is(201);
        site.put("services/shop/backends/web2", "{}").is(201);
    }

    /// @param counted the revision the node ran when it counted
    private void counts(String node, long counted, int connections) {
        String counter =
                """
                {'service': 'shop', 'host': 'web1', 'connections': %d, 'packetsPerSecond': 0,
                 'bytesPerSecond': 0},
                {'service': 'other', 'host': 'web1', 'connections': 99, 'packetsPerSecond': 0,
                 'bytesPerSecond': 0}\
                """
                        .formatted(connections);
        Objects.requireNonNull(agents.get(node))
                .post(
                        "/agent/v1/sites/%s/nodes/%s/report".formatted(site.name(), node),
                        "{'revision': %d, 'countedRevision': %d, 'counters': [%s]}"
                                .formatted(counted + 1, counted, counter))
                .is(204);
    }

    private long drain(String more) {
        return site.put(WEB1, "{'adminState': 'DRAINING'" + more + "}").is(200).etag();
    }

    private Answer web1() {
        return site.get(WEB1).is(200);
    }

    private Duration fromBeginToDeadline() {
        Answer shown = web1();
        return Duration.between(
                Instant.parse(shown.at("/drain/since")),
                Instant.parse(shown.at("/drain/deadline")));
    }

    /// As if it had begun so long ago.
    private void passes(Duration time) {
        jdbc.sql("update drain set since = since - make_interval(secs => :s) where site_id = :site")
                .param("s", time.toSeconds())
                .param("site", siteId())
                .update();
        review.run();
    }

    private long siteId() {
        return jdbc.sql("select id from lineage where site = ?")
                .param(site.name())
                .query(Long.class)
                .single();
    }

    @Test
    void connectionsAreSummedUpOverLoadBalancersThatAreHeardFrom() {
        web1().hasNo("/connections").hasNo("/drained").hasNo("/drain").has("/drainSeconds", 1800);

        counts("lb1", 9, 3);
        counts("lb2", 9, 4);

        web1().has("/connections", 7);
        site.get("services/shop/backends")
                .has("/items/0/connections", 7)
                .has("/items/1/connections", 0);
    }

    @Test
    void aDrainIsOverWhenNoLoadBalancerHasAConnectionLeft() {
        long draining = drain("");
        web1().has("/serving", false)
                .has("/drained", false)
                .has("/drain/why", "no load balancer is heard from");
        counts("lb1", draining, 2);
        counts("lb2", draining, 0);
        web1().has("/connections", 2)
                .has("/drained", false)
                .has("/drain/why", "2 connections left");

        counts("lb1", draining, 0);

        Answer drained = web1();
        drained.has("/connections", 0)
                .has("/drained", true)
                .has("/drain/why", "no connections on lb1, lb2");
        assertThat(Instant.parse(drained.at("/drain/drainedSince")))
                .isAfterOrEqualTo(Instant.parse(drained.at("/drain/since")));
        drained.hasEtag(draining).has("/adminState", "DRAINING");
    }

    @Test
    void aZeroFromBeforeTheDrainWasAppliedProvesNothing() {
        long draining = drain("");
        counts("lb1", draining - 1, 0);
        counts("lb2", draining, 0);

        web1().has("/drained", false)
                .has("/drain/why", "waits until connections are counted by lb1");
    }

    @Test
    void aLoadBalancerThatIsLostIsNamedAndDoesNotHoldADrainUp() {
        long draining = drain("");
        counts("lb2", draining, 5);
        jdbc.sql("update report set heard_at = now() - interval '1 hour' where site_id = ?")
                .param(siteId())
                .update();
        web1().hasNo("/connections").has("/drain/why", "no load balancer is heard from");
        counts("lb1", draining, 0);

        web1().has("/drained", true).has("/drain/why", "no connections on lb1; unknown on lb2");
    }

    @Test
    void atTheDeadlineItIsOverWhateverIsLeft() {
        long draining = drain(", 'drainSeconds': 7200");
        assertThat(fromBeginToDeadline()).isEqualTo(Duration.ofHours(2));
        counts("lb1", draining, 2);
        counts("lb2", draining, 3);
        passes(Duration.ofHours(1));
        web1().has("/drained", false);

        passes(Duration.ofHours(1));

        web1().has("/drained", true)
                .has("/drain/why", "deadline: 5 connections left")
                .has("/adminState", "DRAINING")
                .hasEtag(draining);
    }

    @Test
    void aDeadlineThatNobodyWatchedSaysSo() {
        drain(", 'drainSeconds': 1");
        passes(Duration.ofSeconds(2));
        web1().has("/drained", true)
                .has("/drain/why", "deadline: nobody says how many connections are left");
    }

    @Test
    void aLaterDeadlineLetsItGoOnFromWhenItBegan() {
        long draining = drain(", 'drainSeconds': 60");
        counts("lb1", draining, 1);
        passes(Duration.ofSeconds(61));
        Answer over = web1().has("/drained", true);

        drain(", 'drainSeconds': 3600");

        web1().has("/drained", false).has("/drain/since", over.at("/drain/since"));
        assertThat(fromBeginToDeadline()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void whoeverIsEnabledAgainBeginsAnew() {
        drain(", 'drainSeconds': 1");
        passes(Duration.ofSeconds(2));
        String first = web1().has("/drained", true).at("/drain/since");

        site.put(WEB1, "{'adminState': 'ENABLED', 'drainSeconds': 1}").is(200);
        web1().hasNo("/drained").hasNo("/drain").has("/serving", true);
        drain(", 'drainSeconds': 3600");

        assertThat(Instant.parse(web1().has("/drained", false).at("/drain/since")))
                .isAfter(Instant.parse(first));
    }

    @Test
    void whatAGetShowsCanBePutBackAndMakesNoRevision() {
        long draining = drain(", 'drainSeconds': 3600");
        counts("lb1", draining, 0);
        counts("lb2", draining, 0);
        Answer shown = web1().has("/drained", true);

        site.put(WEB1, shown.body()).is(200).hasEtag(draining);
        assertThat(web1().at("/drain/since")).isEqualTo(shown.at("/drain/since"));
        site.get("revisions/" + draining)
                .is(200)
                .hasNo("/changes/0/after/connections")
                .hasNo("/changes/0/after/drained")
                .has("/changes/0/after/drainSeconds", 3600);
    }

    @Test
    void onlyWhoIsDisabledLosesItsConnections() {
        Api lb1 = Objects.requireNonNull(agents.get("lb1"));
        String state = "/agent/v1/sites/%s/nodes/lb1/desired-state".formatted(site.name());
        String first = "/services/0/destinations/0";
        drain("");
        lb1.get(state).has(first + "/serving", false).hasNo(first + "/cut");

        site.put(WEB1, "{'adminState': 'DISABLED'}").is(200);
        lb1.get(state)
                .has(first + "/host", "web1")
                .has(first + "/serving", false)
                .has(first + "/cut", true)
                .hasNo("/services/0/destinations/1/cut");
        web1().hasNo("/drained").hasNo("/drain");
        assertThat(
                        jdbc.sql(
                                        """
                                        select count(*) from chosen_table t
                                        join service s on s.id = t.service_id
                                        where s.site_id = :site and t.destinations::text like '%cut%'
                                        """)
                                .param("site", siteId())
                                .query(Long.class)
                                .single())
                .as("a table is the same whether connections are cut or not")
                .isZero();

        site.put(WEB1, "{}").is(200);
        lb1.get(state).has(first + "/serving", true).hasNo(first + "/cut");
    }

    @Test
    void aDrainEndsWithItsBackend() {
        long draining = drain("");
        counts("lb1", draining, 1);
        site.delete(WEB1).is(204);
        site.put(WEB1, "{}").is(201);
        web1().hasNo("/drained");
        drain("");
        site.delete("services/shop").is(204);
    }

    @Test
    void whatIsWrongIsNamed() {
        site.put(WEB1, "{'drainSeconds': 0}").isProblem(400, "drainSeconds");
        site.put(WEB1, "{'drainSeconds': 604801}").isProblem(400, "drainSeconds");
        site.put(WEB1, "{'drainSeconds': '60'}").isProblem(400, "drainSeconds");
        site.put(WEB1, "{'drainSeconds': 1.5}").isProblem(400, "drainSeconds");
        site.put(WEB1, "{'drainedAfter': 60}").isProblem(400, "drainedAfter");
        web1().has("/drainSeconds", 1800).has("/adminState", "ENABLED");
    }
}
