package dev.holdfast.control.health;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Three load balancers, whose agents this test plays, and a service that is checked.
@WithControlPlane
class HealthIT {

    private static final String SERVICE =
            "{'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 80}]%s}";
    private static final String CHECK = ", 'healthCheck': {'kind': 'TCP'}";

    @Autowired private Api api;
    @Autowired private JdbcClient jdbc;
    @Autowired private Review review;

    private final Map<String, Api> agents = new HashMap<>();
    private SiteOfATest site;

    @BeforeEach
    void aSiteWithThreeNodesAndACheckedService() {
        site = api.newSite();
        for (int i = 1; i <= 3; i++) {
            String path = "nodes/lb" + i;
            site.put(path, "{'address': '10.2.%d.2'}".formatted(i)).is(201);
            agents.put("lb" + i, api.as(site.post(path + "/token", "").is(200).at("/token")));
        }
        site.put("vips/shop", "{}").is(201);
        site.put("services/shop", SERVICE.formatted(CHECK)).is(201);
        for (int i = 1; i <= 3; i++) {
            site.put("hosts/web" + i, "{'address': '192.0.2.2%d'}".formatted(i)).is(201);
        }
    }

    /// @param health such as `web1+ web2-`: web1 passes, web2 fails
    private void says(String node, String health) {
        StringBuilder items = new StringBuilder();
        for (String one : health.isEmpty() ? new String[0] : health.split(" ")) {
            String host = one.substring(0, one.length() - 1);
            items.append(items.isEmpty() ? "" : ",")
                    .append("{'service': 'shop', 'host': '%s', ".formatted(host))
                    .append(one.endsWith("+") ? "'up': true" : "'up': false, 'why': 'refused'")
                    .append(", 'since': '2026-11-25T12:00:00Z'}");
        }
        Objects.requireNonNull(agents.get(node))
                .post(
                        "/agent/v1/sites/%s/nodes/%s/report".formatted(site.name(), node),
                        "{'revision': 1, 'health': [" + items + "]}")
                .is(204);
    }

    private void allSay(String health) {
        agents.keySet().stream().sorted().forEach(node -> says(node, health));
    }

    private void join(String host) {
        site.put("services/shop/backends/" + host, "{}").is(201);
    }

    private Answer backend(String host) {
        return site.get("services/shop/backends/" + host).is(200);
    }

    private long revision() {
        return Long.parseLong(site.get("status").is(200).at("/revision"));
    }

    /// Who serves, as load balancers are told.
    private String serving() {
        Answer state =
                Objects.requireNonNull(agents.get("lb1"))
                        .get("/agent/v1/sites/%s/nodes/lb1/desired-state".formatted(site.name()))
                        .is(200);
        StringBuilder hosts = new StringBuilder();
        state.json()
                .at("/services/0/destinations")
                .forEach(one -> {
                    if (one.get("serving").asBoolean()) {
                        hosts.append(hosts.isEmpty() ? "" : " ").append(one.get("host").asString());
                    }
                });
        return hosts.toString();
    }

    @Test
    void aNewBackendTakesTrafficWhenMostOfItsProbersHaveSeenItPass() {
        join("web1");
        backend("web1").has("/health/state", "UNTRIED").has("/serving", false);
        assertThat(serving()).isEmpty();

        says("lb1", "");
        says("lb2", "");
        says("lb3", "web1+");
        backend("web1").has("/health/state", "UNTRIED");
        long before = revision();
        says("lb1", "web1+");

        backend("web1")
                .has("/health/state", "UP")
                .has("/health/why", "it passes (lb1, lb3)")
                .has("/serving", true)
                .hasEtag(before + 1);
        assertThat(serving()).isEqualTo("web1");
        site.get("revisions/" + (before + 1)).has("/actor", "health");
    }

    @Test
    void whatEachProberSaysIsShown() {
        join("web1");
        says("lb1", "web1+");
        says("lb2", "web1-");
        jdbc.sql(
                        """
                        update report set heard_at = now() - interval '1 hour'
                        where node_id = (select n.id from node n join lineage l on l.id = n.site_id
                                         where l.site = :site and n.name = 'lb2')
                        """)
                .param("site", site.name())
                .update();

        backend("web1")
                .has("/opinions/0/node", "lb1")
                .has("/opinions/0/up", true)
                .has("/opinions/0/counts", true)
                .has("/opinions/0/since", "2026-11-25T12:00:00Z")
                .has("/opinions/1/node", "lb2")
                .has("/opinions/1/up", false)
                .has("/opinions/1/why", "refused")
                .has("/opinions/1/counts", false)
                .has("/opinions/2/node", "lb3")
                .has("/opinions/2/why", "has said nothing yet")
                .hasNo("/opinions/2/up")
                .hasNo("/opinions/3");
        site.put("services/shop/backends/web1", backend("web1").body())
                .is(200)
                .hasEtag(backend("web1").etag());
        site.put("services/shop", SERVICE.formatted("")).is(200);
        backend("web1").hasNo("/opinions");
    }

    @Test
    void aBackendThatFailsKeepsItsPlaceInTheTableAndLosesItsTraffic() {
        join("web1");
        join("web2");
        join("web3");
        allSay("web1+ web2+ web3+");
        assertThat(serving()).isEqualTo("web1 web2 web3");
        Map<Integer, String> flows = flows();
        assertThat(flows.values()).contains("web1", "web2", "web3");
        long before = revision();

        says("lb1", "web1+ web2- web3+");
        assertThat(revision()).isEqualTo(before);
        says("lb2", "web1+ web2- web3+");

        backend("web2")
                .has("/health/state", "DOWN")
                .has("/health/why", "refused (lb1, lb2)")
                .has("/serving", false);
        assertThat(backend("web2").at("/health/since")).isNotEmpty();
        assertThat(serving()).isEqualTo("web1 web3");
        assertThat(revision()).isEqualTo(before + 1);
        Map<Integer, String> without = flows();
        assertThat(without.values()).containsOnly("web1", "web3");
        flows.forEach((port, backend) -> {
            if (!backend.equals("web2")) {
                assertThat(without).as("not its share").containsEntry(port, backend);
            }
        });
        assertThat(
                        flows.keySet().stream()
                                .filter(port -> "web2".equals(flows.get(port)))
                                .map(port -> without.getOrDefault(port, "")))
                .as("its share is for all others")
                .contains("web1", "web3");

        allSay("web1+ web2+ web3+");
        backend("web2").has("/health/state", "UP").has("/serving", true);
        assertThat(flows()).as("exactly that comes back").isEqualTo(flows);
    }

    /// Where 200 connections of one client go, by its ports.
    private Map<Integer, String> flows() {
        Map<Integer, String> flows = new TreeMap<>();
        for (int port = 40_000; port < 40_200; port++) {
            flows.put(
                    port,
                    site.get("services/shop/explain?client=203.0.113.7:" + port)
                            .is(200)
                            .at("/backend"));
        }
        return flows;
    }

    @Test
    void everyChangeOfAVerdictIsKeptWithItsReasonAndTheMoment() {
        String transitions = "services/shop/backends/web1/health/transitions";
        join("web1");
        join("web2");
        site.get(transitions).is(200).has("/items", "[]").hasNo("/next");
        allSay("web1+ web2+");
        String up = backend("web1").at("/health/since");
        says("lb1", "web1- web2+");
        says("lb3", "web1- web2+");
        String down = backend("web1").at("/health/since");
        site.put("services/shop/backends/web1/health", "{'up': true, 'why': 'looked at'}").is(201);

        Answer all = site.get(transitions).is(200).hasNo("/items/3").hasNo("/next");
        assertThat(all.each("/state")).containsExactly("UP", "DOWN", "UP");
        assertThat(all.each("/why"))
                .containsExactly(
                        "looked at (said by admin)",
                        "refused (lb1, lb3)",
                        "it passes (lb1)"); // the only one that was heard from by then
        assertThat(all.each("/at")).containsExactly(backend("web1").at("/health/since"), down, up);
        assertThat(site.get("services/shop/backends/web2/health/transitions").each("/state"))
                .containsExactly("UP");

        Answer first = site.get(transitions + "?limit=2").is(200).hasNo("/items/2");
        Answer rest = site.get(transitions + "?limit=2&after=" + first.at("/next")).is(200);
        assertThat(rest.hasNo("/next").hasNo("/items/1").at("/items/0/at")).isEqualTo(up);
        site.get(transitions + "?after=x").isProblem(400, "after");
        site.get("services/shop/backends/none/health/transitions").isProblem(404);
    }

    @Test
    void aServiceFailsOpenRatherThanToLoseMostOfItsBackendsAndThePersonWins() {
        join("web1");
        join("web2");
        join("web3");
        allSay("web1+ web2+ web3+");
        site.put("services/shop/backends/web3", "{'adminState': 'DISABLED'}").is(200);

        allSay("web1- web2+ web3+");
        assertThat(serving()).isEqualTo("web2");
        allSay("web1- web2- web3+");

        assertThat(serving()).isEqualTo("web1 web2");
        backend("web1").has("/health/state", "DOWN").has("/serving", true);
        backend("web3").has("/health/state", "UP").has("/serving", false);

        site.put(
                        "services/shop",
                        SERVICE.formatted(", 'healthCheck': {'kind': 'TCP', 'panicPercent': 0}"))
                .is(200);
        assertThat(serving()).isEmpty();
    }

    @Test
    void silenceChangesNothingAndThoseWhoAreLostDoNotCount() {
        join("web1");
        join("web2");
        allSay("web1+ web2+");
        long before = revision();

        says("lb1", "");
        says("lb2", "");
        says("lb3", "web1- web2+");
        assertThat(revision()).isEqualTo(before);
        jdbc.sql(
                        """
                        update report set heard_at = now() - interval '1 minute'
                        where node_id in (select n.id from node n join lineage l on l.id = n.site_id
                            where l.site = :site and n.name in ('lb1', 'lb2'))
                        """)
                .param("site", site.name())
                .update();
        review.run();

        backend("web1").has("/health/state", "DOWN").has("/health/why", "refused (lb3)");
        assertThat(serving()).isEqualTo("web2");
    }

    @Test
    void whoFallsAgainAndAgainIsHeldDownAndSaysWhy() {
        join("web1");
        join("web2");
        for (int i = 0; i < 3; i++) {
            allSay("web1+ web2+");
            allSay("web1- web2+");
        }
        allSay("web1+ web2+");

        assertThat(backend("web1").has("/health/state", "DOWN").at("/health/why"))
                .startsWith("held down until ")
                .endsWith("it fell 3 times in 10 minutes");
        assertThat(serving()).isEqualTo("web2");
        jdbc.sql(
                        """
                        update health_transition set at = at - interval '31 seconds'
                        where backend_id in (select b.id
                            from backend b join lineage l on l.id = b.site_id where l.site = :site)
                        """)
                .param("site", site.name())
                .update();
        review.run();
        backend("web1").has("/health/state", "UP").has("/serving", true);
    }

    @Test
    void aSystemOutsideIsBelievedUntilWhatItSaysExpires() {
        site.put("services/shop", SERVICE.formatted("")).is(200);
        join("web1");
        join("web2");
        String health = "services/shop/backends/web1/health";
        site.get(health).isProblem(404);
        long before = revision();

        site.put(health, "{'up': false, 'why': 'being patched'}")
                .is(201)
                .hasEtag(before + 1)
                .has("/by", "admin");
        backend("web1")
                .has("/health/state", "DOWN")
                .has("/health/why", "being patched (said by admin)")
                .has("/serving", false);
        assertThat(serving()).isEqualTo("web2");
        Answer said = site.get(health).is(200).hasEtag(before + 1);
        site.put(health, said.body()).is(200).hasEtag(before + 1);

        site.delete(health).is(204).hasEtag(before + 2);
        assertThat(serving()).isEqualTo("web1 web2");
        site.delete(health).isProblem(404);
        backend("web1").hasNo("/health");

        site.put(health, "{'up': false, 'why': 'being patched'}").is(201);
        jdbc.sql(
                        """
                        update health_statement set expires_at = now() - interval '1 second'
                        where backend_id in (select b.id
                            from backend b join lineage l on l.id = b.site_id where l.site = :site)
                        """)
                .param("site", site.name())
                .update();
        review.run();
        assertThat(serving()).isEqualTo("web1 web2");
        site.get(health).isProblem(404);
    }

    @Test
    void aStatementThatIsWrongIsNamed() {
        join("web1");
        String health = "services/shop/backends/web1/health";

        site.put(health, "{'why': 'x'}").isProblem(400, "up");
        site.put(health, "{'up': true}").isProblem(400, "why");
        site.put(health, "{'up': true, 'why': 'x', 'expiresAt': '2020-01-01T00:00:00Z'}")
                .isProblem(400, "expiresAt");
        site.put("services/shop/backends/none/health", "{'up': true, 'why': 'x'}").isProblem(404);
    }

    @Test
    void aCheckThatComesOrGoesTakesNobodysTraffic() {
        site.put("services/shop", SERVICE.formatted("")).is(200);
        join("web1");
        backend("web1").hasNo("/health").has("/serving", true);

        site.put("services/shop", SERVICE.formatted(CHECK)).is(200);
        backend("web1").has("/health/state", "UP").has("/serving", true);
        join("web2");
        assertThat(serving()).isEqualTo("web1");
        site.put("services/shop", SERVICE.formatted("")).is(200);
        assertThat(serving()).isEqualTo("web1 web2");
        backend("web2").hasNo("/health");
    }
}
