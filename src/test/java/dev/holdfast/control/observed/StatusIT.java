package dev.holdfast.control.observed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.access.AgentRole;
import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.WithControlPlane;
import dev.holdfast.control.revision.Revisions;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// What agents report, and what people see of it.
@WithControlPlane
class StatusIT {

    @Autowired private Api api;
    @Autowired private Revisions revisions;
    @Autowired private JdbcClient jdbc;

    private final Map<String, String> tokens = new HashMap<>();
    private String site;
    private String epoch;

    @BeforeEach
    void aSiteWithTwoNodesAndAHost() {
        site = api.newSite().name();
        epoch = api.get("/api/v1/sites/" + site).at("/epoch");
        machine(AgentRole.NODE, "lb1", "10.2.1.2");
        machine(AgentRole.NODE, "lb2", "10.2.2.2");
        machine(AgentRole.HOST, "web1", "10.3.1.2");
    }

    private void machine(AgentRole role, String name, String address) {
        String path = role.pathSegment() + "/" + name;
        api.put("/api/v1/sites/" + site + "/" + path, "{'address': '" + address + "'}").is(201);
        tokens.put(
                path, api.post("/api/v1/sites/" + site + "/" + path + "/token", "").at("/token"));
    }

    private Answer report(String machine, String json) {
        return api.as(Objects.requireNonNull(tokens.get(machine)))
                .post("/agent/v1/sites/" + site + "/" + machine + "/report", json);
    }

    private Answer desiredState(String node, String query) {
        return api.as(Objects.requireNonNull(tokens.get("nodes/" + node)))
                .get("/agent/v1/sites/" + site + "/nodes/" + node + "/desired-state" + query);
    }

    private Answer status() {
        return api.get("/api/v1/sites/" + site + "/status").is(200);
    }

    private String running(long revision, String digest) {
        return """
        {'epoch': '%s', 'revision': %d,
         'tables': [{'service': 'shop', 'digest': '%s', 'slots': 4093}]}\
        """
                .formatted(epoch, revision, digest);
    }

    @Test
    void everyMachineIsListedHeardFromOrNot() {
        Answer status = status();

        status.has("/site", site).has("/epoch", epoch).has("/revision", 4).hasNo("/agree");
        status.has(
                "/nodes",
                """
                [{"name":"lb1","lost":false,"failures":[]},\
                {"name":"lb2","lost":false,"failures":[]}]\
                """);
        status.has("/hosts", "[{\"name\":\"web1\",\"lost\":false,\"failures\":[]}]");
    }

    @Test
    void whatAnAgentReportsIsShown() {
        Instant before = Instant.now().minusSeconds(5);
        report(
                        "nodes/lb1",
                        """
                        {'epoch': '%s', 'revision': 3, 'refusedRevision': 4, 'why': 'cliff',
                         'failures': [{'resource': 'service shop TCP 80',
                                       'operation': 'add destination 10.3.1.2:80',
                                       'error': 'EINVAL: invalid tunnel type'}],
                         'tables': [{'service': 'shop', 'digest': 'abc', 'slots': 4093}],
                         'repaired': {'destination': 2},
                         'health': [{'service': 'shop', 'host': 'web1', 'up': false,
                                     'why': 'timeout', 'since': '2026-11-23T14:00:00Z'}],
                         'counters': [{'service': 'shop', 'host': 'web1', 'connections': 5,
                                       'packetsPerSecond': 6, 'bytesPerSecond': 7}],
                         'announced': [{'vip': 'shop', 'session': 'tor1'}],
                         'facts': {'kernel': '6.1.0', 'tableSize': 4093, 'agentVersion': '0.1'}}
                        """
                                .formatted(epoch))
                .is(204);
        report("hosts/web1", "{'epoch': '" + epoch + "', 'revision': 4}").is(204);
        api.get("/api/v1/sites/" + site + "/hosts/web1").has("/observed/appliedRevision", 4);

        Answer status = status();

        status.has("/nodes/0/appliedRevision", 3).has("/nodes/0/lost", false);
        status.has("/nodes/0/refusedRevision", 4).has("/nodes/0/why", "cliff");
        status.has("/nodes/0/failures/0/error", "EINVAL: invalid tunnel type");
        status.has("/nodes/0/agrees", true).has("/agree", true).hasNo("/nodes/0/epoch");
        status.has("/hosts/0/appliedRevision", 4).hasNo("/hosts/0/agrees");
        assertThat(Instant.parse(status.at("/nodes/0/heardAt"))).isAfter(before);
        assertThat(status.at("/revision")).as("a report makes no revision").isEqualTo("4");
    }

    @Test
    void differentTablesAtOneRevisionAreSeen() {
        report("nodes/lb1", running(4, "same")).is(204);
        report("nodes/lb2", running(4, "same")).is(204);
        status().has("/agree", true).has("/nodes/1/agrees", true);

        report("nodes/lb2", running(4, "other")).is(204);
        status().has("/agree", false).has("/nodes/0/agrees", false).has("/nodes/1/agrees", false);

        report("nodes/lb2", running(3, "other")).is(204);
        status().hasNo("/agree").hasNo("/nodes/0/agrees").hasNo("/nodes/1/agrees");
    }

    @Test
    void whoDiffersIsShownWithTheServiceAndTheSlots() {
        report("nodes/lb1", running(4, "same")).is(204);
        report("nodes/lb2", running(4, "other").replace("4093}", "4093, 'differing': 17}")).is(204);
        status().has("/agree", false)
                .has("/nodes/0/differs", "[{\"service\":\"shop\",\"slots\":0}]")
                .has("/nodes/1/differs", "[{\"service\":\"shop\",\"slots\":17}]");
        api.get("/api/v1/sites/" + site + "/nodes/lb2")
                .has("/observed/differs/0/service", "shop")
                .has("/observed/differs/0/slots", 17);

        report("nodes/lb2", running(4, "same")).is(204);
        status().has("/agree", true).hasNo("/nodes/0/differs").hasNo("/nodes/1/differs");
    }

    @Test
    void aKernelWithTablesOfAnotherSizeIsShownAndDoesNotAgree() {
        String error =
                "the kernel's Maglev table has 16381 slots"
                        + " (expected: 4093, CONFIG_IP_VS_MH_TAB_INDEX=12)";
        report("nodes/lb1", running(4, "same")).is(204);
        report(
                        "nodes/lb2",
                        """
                        {"epoch": "%s", "revision": 4,
                         "failures": [{"resource": "Maglev tables",
                                       "operation": "agree with other machines",
                                       "error": "%s"}],
                         "tables": [{"service": "shop", "digest": "same", "slots": 16381}],
                         "facts": {"kernel": "6.1.0", "tableSize": 16381}}
                        """
                                .formatted(epoch, error.replace("'", "\\u0027")))
                .is(204);

        status().has("/agree", false)
                .has("/nodes/0/agrees", false)
                .has("/nodes/1/agrees", false)
                .has("/nodes/1/differs/0/service", "shop")
                .has("/nodes/1/failures/0/error", error);
    }

    @Test
    void anAgentThatIsSilentForLongIsLostAndNothingIsChangedForIt() {
        String vip = "/api/v1/sites/" + site + "/vips/shop";
        api.put(vip, "{}").is(201).hasEtag(5);
        Answer state = desiredState("lb2", "").is(200);
        report("nodes/lb1", running(4, "same")).is(204);
        report("nodes/lb2", running(4, "other")).is(204);
        jdbc.sql(
                        """
                        update report set heard_at = heard_at - interval '31 seconds'
                        where node_id = (select id from node where name = 'lb1' and site_id = ?)
                        """)
                .param(revisions.of(site).id())
                .update();

        status().has("/nodes/0/lost", true).has("/nodes/1/lost", false).has("/revision", 5);
        desiredState("lb2", "?wait=0&after=5&epoch=" + epoch).is(304);
        assertThat(desiredState("lb2", "").is(200).body()).isEqualTo(state.body());
        api.get("/api/v1/sites/" + site + "/nodes/lb1").hasEtag(2).hasNo("/maintenance");
        report("nodes/lb2", running(5, "other")).is(204);
        status().has("/nodes/0/lost", true).has("/revision", 5);
    }

    @Test
    void whatRunsFromAnotherEpochIsShownAsSuch() {
        report("nodes/lb1", "{'epoch': 'an-older-one', 'revision': 90}").is(204);

        status().has("/nodes/0/appliedRevision", 90)
                .has("/nodes/0/epoch", "an-older-one")
                .hasNo("/nodes/0/agrees")
                .hasNo("/agree");
    }

    @Test
    void aMachineMadeAgainHasSaidNothingYet() {
        report("nodes/lb1", running(4, "same")).is(204);
        api.delete("/api/v1/sites/" + site + "/nodes/lb1").is(204);
        status().has("/nodes/0/name", "lb2").hasNo("/nodes/1");
        machine(AgentRole.NODE, "lb1", "10.2.1.2");

        status().has("/nodes/0/name", "lb1").hasNo("/nodes/0/heardAt");
    }

    @Test
    void whatMakesNoSenseIsRefusedByName() {
        report("nodes/lb1", "{'revision': 0}").isProblem(400, "revision");
        report("nodes/lb1", "{'revison': 1}").isProblem(400, "revison");
        report("nodes/lb1", "{'epoch': 'a b'}").isProblem(400, "epoch");
        report("nodes/lb1", "{'tables': [{'digest': 'x', 'slots': 1}]}")
                .isProblem(400, "tables[0].service");
        report(
                        "nodes/lb1",
                        "{'tables': [{'service': 's', 'digest': 'x', 'slots': 1, 'differing': -1}]}")
                .isProblem(400, "tables[0].differing");
        report("nodes/lb1", "{'tables': [null]}").isProblem(400, "tables[0]");
        report("nodes/lb1", "{'failures': [{'resource': 'x', 'operation': 'y'}]}")
                .isProblem(400, "failures[0].error");
        report(
                        "nodes/lb1",
                        """
                        {'counters': [{'service': 's', 'host': 'h', 'connections': -1,
                                       'packetsPerSecond': 0, 'bytesPerSecond': 0}]}
                        """)
                .isProblem(400, "counters[0].connections");
        report("nodes/lb1", "{'why': '" + "x".repeat(10_001) + "'}").isProblem(400, "why");
        api.get("/api/v1/sites/nowhere/status").isProblem(404);
        status().hasNo("/nodes/0/heardAt");
    }
}
