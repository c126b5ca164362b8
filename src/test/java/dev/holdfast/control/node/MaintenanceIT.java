package dev.holdfast.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import dev.holdfast.control.revision.Revisions;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A site of two load balancers and one service, whose agents this test plays.
@WithControlPlane
class MaintenanceIT {

    private static final String CARD = "{'reason': 'new network card'}";

    @Autowired private Api api;
    @Autowired private JdbcClient jdbc;
    @Autowired private Revisions revisions;

    private final Map<String, Api> agents = new HashMap<>();
    private SiteOfATest site;
    private String epoch;

    @BeforeEach
    void aSiteWithTwoNodesAndAService() {
        site = api.newSite();
        epoch = api.get(site.path()).at("/epoch");
        for (int i = 1; i <= 2; i++) {
            String path = "nodes/lb" + i;
            site.put(path, "{'address': '10.2.%d.2'}".formatted(i)).is(201);
            agents.put("lb" + i, api.as(site.post(path + "/token", "").is(200).at("/token")));
        }
        site.put("vips/shop", "{}").is(201);
        site.put("services/shop", "{'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 80}]}")
                .is(201);
    }

    private Api agent(String node) {
        return Objects.requireNonNull(agents.get(node));
    }

    private long revision() {
        return Long.parseLong(site.get("status").is(200).at("/revision"));
    }

    private void report(String node, long revision, String rest) {
        agent(node)
                .post(
                        "/agent/v1/sites/%s/nodes/%s/report".formatted(site.name(), node),
                        "{'epoch': '%s', 'revision': %d%s}".formatted(epoch, revision, rest))
                .is(204);
    }

    private void announces(String node, String... vips) {
        StringBuilder list = new StringBuilder();
        for (String vip : vips) {
            list.append(list.isEmpty() ? "" : ",")
                    .append("{'vip': '%s', 'session': 'tor1'}".formatted(vip));
        }
        report(node, revision(), ", 'announced': [" + list + "], 'facts': {'announces': true}");
    }

    /// As if that much time had passed since the last report of a node.
    private void passes(String node, String column, int seconds) {
        jdbc.sql(
                        """
                        update report set %1$s = %1$s - make_interval(secs => ?)
                        where node_id = (select id from node where name = ? and site_id = ?)
                        """
                                .formatted(column))
                .param(seconds)
                .param(node)
                .param(revisions.of(site.name()).id())
                .update();
    }

    private String desired(String node) {
        return agent(node)
                .get("/agent/v1/sites/%s/nodes/%s/desired-state".formatted(site.name(), node))
                .is(200)
                .at("/node/maintenance");
    }

    @Test
    void maintenanceIsARevisionThatTheAgentAndEverybodyElseSee() {
        long before = revision();
        site.get("nodes/lb1/maintenance").isProblem(404).says("in service");

        Answer put = site.put("nodes/lb1/maintenance", CARD).is(201).hasEtag(before + 1);

        put.has("/reason", "new network card").has("/by", "admin");
        assertThat(put.at("/since")).isNotEmpty();
        site.get("nodes/lb1/maintenance").is(200).hasEtag(before + 1).has("/by", "admin");
        site.get("nodes/lb1").has("/maintenance/reason", "new network card");
        site.get("nodes/lb2").hasNo("/maintenance");
        assertThat(desired("lb1")).isEqualTo("true");
        assertThat(desired("lb2")).isEqualTo("false");
        assertThat(site.get("revisions/" + (before + 1)).at("/changes"))
                .contains("new network card");

        site.put("nodes/lb1/maintenance", CARD).is(200).hasEtag(before + 1);
        site.put("nodes/lb1/maintenance", "{'reason': 'and a new fan'}")
                .is(200)
                .hasEtag(before + 2)
                .has("/since", put.at("/since"));
        site.put("nodes/lb1", "{'address': '10.2.1.3'}").is(200);
        site.get("nodes/lb1").has("/maintenance/reason", "and a new fan");

        site.delete("nodes/lb1/maintenance", "If-Match", "\"1\"").isProblem(412);
        announces("lb1");
        site.delete("nodes/lb1/maintenance").is(204).hasEtag(before + 4);
        site.delete("nodes/lb1/maintenance").isProblem(404);
        site.get("nodes/lb1").hasNo("/maintenance");
        assertThat(desired("lb1")).isEqualTo("false");
    }

    @Test
    void whatAGetShowsCanBePutBackAndWhatMakesNoSenseIsRefusedByName() {
        site.put("nodes/lb1/maintenance", CARD).is(201);
        long made = revision();
        site.put("nodes/lb1/maintenance", site.get("nodes/lb1/maintenance").body()).is(200);
        site.put("nodes/lb1", site.get("nodes/lb1").body()).is(200);
        assertThat(revision()).isEqualTo(made);

        site.put("nodes/lb2/maintenance", "{}").isProblem(400, "reason");
        site.put("nodes/lb2/maintenance", "{'reason': '  '}").isProblem(400, "reason");
        site.put("nodes/lb2/maintenance", "{'reason': '" + "x".repeat(201) + "'}")
                .isProblem(400, "reason");
        site.put("nodes/lb2/maintenance", "{'reason': 'x', 'untill': 'noon'}")
                .isProblem(400, "untill");
        site.put("nodes/lb2/maintenance?force=perhaps", CARD).isProblem(400, "force");
        site.put("nodes/lb9/maintenance", CARD).isProblem(404).says("node lb9");
        assertThat(revision()).isEqualTo(made);
    }

    @Test
    void progressFollowsWhatTheAgentReports() {
        announces("lb1", "shop");
        announces("lb2", "shop");
        site.put("nodes/lb1/maintenance", CARD).is(201);
        progress("WITHDRAWING", "runs revision");

        announces("lb1", "shop");
        progress("WITHDRAWING", "still announces VIP shop");

        announces("lb1");
        progress("SETTLING", "expected: 10 s");
        passes("lb1", "withdrawn_at", 3);
        announces("lb1");
        assertThat(progress("SETTLING", "nothing is announced for "))
                .matches("nothing is announced for [3-9] s \\(expected: 10 s\\)");
        passes("lb1", "withdrawn_at", 8);
        progress("SAFE_TO_STOP", "");

        passes("lb1", "heard_at", 31);
        progress("SAFE_TO_STOP", "");
        site.get("nodes/lb1").has("/observed/lost", true);
    }

    /// @param why part of what it waits for
    /// @return all of that
    private String progress(String expected, String why) {
        Answer node = site.get("nodes/lb1").is(200).has("/maintenance/progress", expected);
        assertThat(node.at("/maintenance/why")).contains(why);
        site.get("nodes/lb1/maintenance").has("/progress", expected);
        return node.at("/maintenance/why");
    }

    @Test
    void aNodeWhoseBirdCannotBeReadBackIsNotCalledSafe() {
        announces("lb1", "shop");
        announces("lb2", "shop");
        site.put("nodes/lb1/maintenance", CARD).is(201);
        String wrongSocket =
                """
                , 'announced': [], 'facts': {'announces': true}, 'failures': [{
                  'resource': 'BIRD', 'operation': 'ask at /run/bird.ctl', 'error': 'No such file'}]\
                """;

        report("lb1", revision(), wrongSocket);
        passes("lb1", "withdrawn_at", 60);
        progress("WITHDRAWING", "may still announce: ask at /run/bird.ctl: No such file");

        announces("lb1");
        progress("SETTLING", "nothing is announced for ");
        passes("lb1", "withdrawn_at", 60);
        progress("SAFE_TO_STOP", "");
        report("lb1", revision(), wrongSocket);
        progress("WITHDRAWING", "may still announce");
    }

    @Test
    void aNodeThatIsSilentOrAnnouncesByOtherMeansIsNotCalledSafe() {
        announces("lb2", "shop");
        site.put("nodes/lb1/maintenance", CARD).is(201);
        progress("WITHDRAWING", "never heard from");

        report("lb1", revision(), ", 'facts': {'announces': false}");
        passes("lb1", "withdrawn_at", 60);
        progress("WITHDRAWING", "no bird-file");

        site.delete("nodes/lb1/maintenance").is(204);
        announces("lb1", "shop");
        site.put("nodes/lb1/maintenance", CARD).is(201);
        passes("lb1", "heard_at", 31);
        progress("WITHDRAWING", "lost");
    }

    @Test
    void theLastThatAnnouncesAVipStaysUnlessForced() {
        announces("lb1", "shop");
        announces("lb2");
        site.put("nodes/lb1/maintenance", CARD)
                .isProblem(409)
                .says("node lb1 is the last that announces VIP shop", "?force=true");
        site.get("nodes/lb1").hasNo("/maintenance");

        announces("lb2", "shop");
        passes("lb2", "heard_at", 31);
        site.put("nodes/lb1/maintenance", CARD).isProblem(409).says("VIP shop");

        announces("lb2", "shop");
        site.put("nodes/lb1/maintenance", CARD).is(201);
        site.put("nodes/lb2/maintenance", CARD).isProblem(409).says("node lb2");
        site.put("nodes/lb2/maintenance?force=true", CARD).is(201);
    }

    @Test
    void whereNoAgentReportsSomeOtherNodeMustBeInService() {
        site.put("nodes/lb1/maintenance", CARD).is(201);
        site.put("nodes/lb2/maintenance", CARD).isProblem(409).says("VIP shop");

        site.delete("services/shop").is(204);
        site.put("nodes/lb2/maintenance", CARD).is(201);
    }

    @Test
    void aNodeWhoseTablesDifferDoesNotComeBackUnlessForced() {
        site.put("nodes/lb1/maintenance", CARD).is(201);
        String table = ", 'tables': [{'service': 'shop', 'digest': '%s', 'slots': 4093}]";
        report("lb1", revision(), table.formatted("one"));
        report("lb2", revision(), table.formatted("other"));

        site.delete("nodes/lb1/maintenance").isProblem(409).says("differ", "?force=true");
        report("lb1", revision(), table.formatted("other"));
        site.delete("nodes/lb1/maintenance").is(204);
        site.put("nodes/lb1/maintenance", CARD).is(201);
        report("lb1", revision(), table.formatted("one"));
        site.delete("nodes/lb1/maintenance?force=true").is(204);
    }

    @Test
    void norDoesOneOfWhoseTablesNobodyKnows() {
        site.put("nodes/lb1/maintenance", CARD).is(201);
        site.delete("nodes/lb1/maintenance")
                .isProblem(409)
                .says("node lb1 was never heard from", "?force=true");
        site.get("nodes/lb1").has("/maintenance/reason", "new network card");

        String table = ", 'tables': [{'service': 'shop', 'digest': '%s', 'slots': 4093}]";
        report("lb1", revision(), table.formatted("new"));
        report("lb2", revision() - 1, table.formatted("old"));
        site.delete("nodes/lb1/maintenance").isProblem(409).says("no node to compare", "?force");

        report("lb2", revision(), table.formatted("new"));
        passes("lb1", "heard_at", 31);
        site.delete("nodes/lb1/maintenance").isProblem(409).says("is lost, silent since", "?force");
        site.delete("nodes/lb1/maintenance?force=true").is(204);
    }

    @Test
    void aVipShowsWhichNodesAnnounceItAndWhyOthersDoNot() {
        site.get("vips/shop").has("/announced/0/why", "its agent was never heard from");
        report(
                "lb1",
                revision(),
                """
                , 'announced': [{'vip': 'shop', 'session': 'tor2'}, {'vip': 'shop', 'session': 'tor1'}]\
                """);
        report(
                "lb2",
                revision(),
                ", 'withheld': [{'vip': 'shop', 'why': 'no backend of it serves'}, {'vip': 'chat', 'why': 'x'}]");

        site.get("vips/shop")
                .has(
                        "/announced",
                        """
                        [{"node":"lb1","announced":true,"session":"tor1, tor2"},\
                        {"node":"lb2","announced":false,"why":"no backend of it serves"}]\
                        """);
        site.get("nodes/lb1").has("/observed/announced", 1);
        site.get("nodes/lb2").has("/observed/announced", 0);

        report("lb2", revision(), ", 'withheld': [{'why': 'BIRD does not answer'}]");
        site.get("vips/shop").has("/announced/1/why", "BIRD does not answer");
        site.put("nodes/lb2/maintenance", CARD).is(201);
        site.get("vips/shop").has("/announced/1/why", "in maintenance: new network card");
        site.put("vips/shop", site.get("vips/shop").body()).is(200);
        passes("lb1", "heard_at", 31);
        assertThat(site.get("vips/shop").has("/announced/0/announced", true).at("/announced/0/why"))
                .startsWith("lost");

        report("lb2", revision(), ", 'withheld': [{'why': 'x'}]");
        agent("lb2")
                .post(
                        "/agent/v1/sites/%s/nodes/lb2/report".formatted(site.name()),
                        "{'withheld': [{'vip': 'shop'}]}")
                .isProblem(400, "withheld[0].why");
    }
}
