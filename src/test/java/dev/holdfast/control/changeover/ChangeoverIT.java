package dev.holdfast.control.changeover;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// A site's encapsulation changes step by step, and no step is taken too early.
@WithControlPlane
class ChangeoverIT {

    private static final String GUE = "{'kind': 'GUE', 'port': 6080}";
    private static final String IPIP = "{'kind': 'IPIP'}";
    private static final String FOU = "{'kind': 'FOU', 'port': 5555}";
    private static final String LISTENER =
            "{'resource': 'listener port 5555', 'operation': 'add', 'error': 'EADDRINUSE'}";
    private static final String SERVICE =
            "{'resource': 'service shop TCP 80', 'operation': 'set', 'error': 'EPERM'}";

    private final Map<String, String> tokens = new HashMap<>();

    @Autowired private Api api;
    private SiteOfATest site;
    private String epoch;

    /// Revision 2 has two nodes and two hosts, which are the backends of service `shop`.
    @BeforeEach
    void aSiteWithTraffic() {
        site = api.newSite();
        site.post(
                        "apply",
                        """
                        {'changes': [
                          {'method': 'PUT', 'path': '/nodes/lb1', 'body': {'address': '10.2.1.1'}},
                          {'method': 'PUT', 'path': '/nodes/lb2', 'body': {'address': '10.2.1.2'}},
                          {'method': 'PUT', 'path': '/hosts/be1', 'body': {'address': '10.3.1.1'}},
                          {'method': 'PUT', 'path': '/hosts/be2', 'body': {'address': '10.3.1.2'}},
                          {'method': 'PUT', 'path': '/vips/shop', 'body': {'address': '198.51.100.7'}},
                          {'method': 'PUT', 'path': '/services/shop', 'body':
                            {'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 80}]}},
                          {'method': 'PUT', 'path': '/services/shop/backends/be1', 'body': {}},
                          {'method': 'PUT', 'path': '/services/shop/backends/be2', 'body': {}}]}\
                        """)
                .is(200);
        epoch = api.get(site.path()).at("/epoch");
        for (String machine : new String[] {"nodes/lb1", "nodes/lb2", "hosts/be1", "hosts/be2"}) {
            tokens.put(machine, site.post(machine + "/token", "").is(200).at("/token"));
        }
    }

    private static String settings(String encapsulation, String... accepts) {
        return """
        {'vipRanges': ['198.51.100.0/24'], 'tunnelRanges': ['203.0.113.0/24'],
         'encapsulation': %s, 'accepts': [%s]}\
        """
                .formatted(encapsulation, String.join(", ", accepts));
    }

    private Answer put(String encapsulation, String... accepts) {
        return api.put(site.path(), settings(encapsulation, accepts));
    }

    private void applied(String machine, long revision, String... failures) {
        reports(machine, epoch, revision, failures);
    }

    private void reports(String machine, String itsEpoch, long revision, String... failures) {
        api.as(Objects.requireNonNull(tokens.get(machine)))
                .post(
                        "/agent/v1/sites/" + site.name() + "/" + machine + "/report",
                        "{'epoch': '%s', 'revision': %d, 'failures': [%s]}"
                                .formatted(itsEpoch, revision, String.join(", ", failures)))
                .is(204);
    }

    @Test
    void aSiteThatSendsNothingToAnybodyChangesAtOnce() {
        site.put("services/shop/backends/be1", "{'adminState': 'DISABLED'}").is(200);
        site.put("services/shop/backends/be2", "{'adminState': 'DRAINING'}").is(200);
        put(IPIP).isProblem(409, "encapsulation"); // connections that drain are connections
        site.put("services/shop/backends/be2", "{'adminState': 'DISABLED'}").is(200);

        put(IPIP).is(200).has("/encapsulation/kind", "IPIP").has("/accepts", "[]");
    }

    @Test
    void theFourSteps() {
        applied("hosts/be1", 2);
        applied("hosts/be2", 2);
        put(IPIP)
                .isProblem(409, "encapsulation")
                .says("IPIP, which hosts were not told to accept")
                .says(
                        "1. PUT the site with encapsulation GUE on port 6080 as it is and IPIP in accepts")
                .says("2. wait until status shows hosts be1, be2 at that revision")
                .says("3. PUT encapsulation IPIP with GUE on port 6080 in accepts")
                .says("4. when status shows every node at that revision")
                .says("?force=true");
        site.get("status").has("/revision", 2);

        long told = put(GUE, IPIP).is(200).has("/accepts/0/kind", "IPIP").etag();
        put(IPIP, GUE)
                .isProblem(409, "encapsulation")
                .says("IPIP, which hosts be1, be2 may not take yet: not at revision " + told);
        applied("hosts/be1", told);
        applied("hosts/be2", told, LISTENER);
        put(IPIP, GUE).isProblem(409, "encapsulation").says("which host be2 may not take yet");
        reports("hosts/be2", "another", told + 5);
        put(IPIP, GUE).isProblem(409, "encapsulation").says("which host be2 may not take yet");
        applied("hosts/be2", told);

        put(IPIP).isProblem(409, "accepts").says("no GUE on port 6080, which load balancers send");
        long switched = put(IPIP, GUE).is(200).etag();

        applied("nodes/lb1", told);
        applied("nodes/lb2", switched);
        put(IPIP)
                .isProblem(409, "accepts")
                .says("no GUE on port 6080, which node lb1 may still send");
        applied("nodes/lb1", switched, SERVICE);
        put(IPIP).isProblem(409, "accepts").says("node lb1 may still send");
        reports("nodes/lb1", "another", switched);
        put(IPIP).isProblem(409, "accepts").says("node lb1 may still send");
        applied("nodes/lb1", switched);
        put(IPIP).is(200).has("/accepts", "[]");
    }

    @Test
    void whoHasJustChangedCanChangeBackAtOnce() {
        long told = put(GUE, IPIP).is(200).etag();
        applied("hosts/be1", told);
        applied("hosts/be2", told);
        put(IPIP, GUE).is(200);

        put(GUE, IPIP).is(200).has("/encapsulation/kind", "GUE");
    }

    @Test
    void whatWasAcceptedOnceAndThenNoLongerDoesNotCount() {
        long once = put(GUE, FOU).is(200).etag();
        applied("hosts/be1", once);
        applied("hosts/be2", once);
        put(GUE).is(200);
        put(FOU, GUE).isProblem(409, "encapsulation").says("not told to accept");
        long again = put(GUE, FOU).is(200).etag();

        put(FOU, GUE).isProblem(409, "encapsulation").says("not at revision " + again);
        applied("hosts/be1", again);
        applied("hosts/be2", again);
        put(FOU, GUE).is(200).has("/encapsulation/port", 5555);
    }

    @Test
    void anotherPortIsAnotherEncapsulation() {
        put("{'kind': 'GUE', 'port': 7000}", GUE)
                .isProblem(409, "encapsulation")
                .says("GUE on port 7000, which hosts were not told to accept");
    }

    @Test
    void hostsWithoutAnAgentArePreparedByHand() {
        put(IPIP).isProblem(409).says("2. prepare hosts be1, be2, without an agent, by hand");
        long told = put(GUE, IPIP).is(200).etag();
        applied("hosts/be1", told - 1);
        put(IPIP, GUE)
                .isProblem(409)
                .says("which host be1 may not take yet")
                .says("shows host be1 at that revision", "and prepare host be2, without an agent");
        applied("hosts/be1", told);

        put(IPIP, GUE).is(200);
    }

    @Test
    void aPersonMayForceItAndTheAuditSaysSo() {
        api.put(site.path() + "?force=true", settings(IPIP)).is(200);

        api.get("/api/v1/audit?path=" + site.path() + "&limit=500")
                .is(200)
                .has("/items/0/query", "force=true")
                .has("/items/0/outcome", "DONE");
    }

    @Test
    void aChangeSetIsHeldToItToo() {
        site.post("apply", "{'changes': [%s]}".formatted(siteChange(settings(IPIP, GUE))))
                .isProblem(409, "changes[0].body.encapsulation")
                .says("not told to accept");
        String forced =
                "{'changes': [%s]}"
                        .formatted(
                                siteChange(settings(IPIP))
                                        .replace("'PUT'", "'PUT', 'force': true"));

        site.post("apply", forced).is(200);
        site.post("revisions/2/rollback", "")
                .isProblem(409)
                .says("GUE on port 6080, which hosts were not told to accept");
    }

    @Test
    void aPlanShowsTheGuardAndTheFlowsThatMove() {
        String set = "{'changes': [%s]}";
        site.post("plan", set.formatted(siteChange(settings(IPIP))))
                .is(200)
                .has("/allowed", false)
                .has("/guards/0/guard", "NOT_FORCED")
                .has("/guards/0/subject", "changes[0]")
                .has("/guards/0/unless", "\"force\": true in the change")
                .has("/services/0/movedPercent", 0.0);
        Answer guard = site.post("plan", set.formatted(siteChange(settings(FOU)))).is(200);
        assertThat(guard.at("/guards/0/sentence"))
                .contains("1. PUT the site with encapsulation GUE");
        assertThat(guard.json().at("/services/0/movedPercent").asDouble()).isPositive();

        Answer first = site.post("plan", set.formatted(siteChange(settings(GUE, FOU)))).is(200);
        first.has("/allowed", true)
                .has("/steps/0/steps/0", "take packets in FOU on port 5555")
                .has("/steps/0/machines", "[\"be1\",\"be2\"]");
    }

    private static String siteChange(String body) {
        return "{'method': 'PUT', 'path': '/', 'body': %s}".formatted(body);
    }

    @Test
    void hostsAreToldWhatToTakeAndASegmentSizeThatFitsAllOfIt() {
        put(GUE, IPIP).is(200);
        state("be1").has("/accepts", "[{\"kind\":\"IPIP\"}]").has("/mss", 1428);
        api.put(site.path() + "?force=true", settings(IPIP)).is(200);
        state("be1").hasNo("/accepts").has("/mss", 1440);
        put(IPIP, GUE).is(200);
        state("be1").has("/accepts/0/port", 6080).has("/mss", 1428);
    }

    private Answer state(String host) {
        return api.get("/agent/v1/sites/" + site.name() + "/hosts/" + host + "/desired-state")
                .is(200);
    }
}
