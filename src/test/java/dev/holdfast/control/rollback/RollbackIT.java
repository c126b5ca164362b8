package dev.holdfast.control.rollback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

@WithControlPlane
class RollbackIT {

    /// What is given out or observed, and so never comes again.
    private static final Set<String> NOT_CONTENT = Set.of("revision", "ordinal", "tunnelAddresses");

    @Autowired private Api api;

    /// Revision 2 has a node, two hosts and service `shop` with both as backends.
    private SiteOfATest shop() {
        SiteOfATest site = api.newSite();
        site.post(
                        "apply",
                        """
                        {'changes': [
                          {'method': 'PUT', 'path': '/nodes/lb1', 'body': {'address': '10.2.1.2'}},
                          {'method': 'PUT', 'path': '/hosts/be1', 'body': {'address': '10.3.1.2'}},
                          {'method': 'PUT', 'path': '/hosts/be2', 'body': {'address': '10.3.1.3'}},
                          {'method': 'PUT', 'path': '/vips/shop', 'body': {'address': '198.51.100.7'}},
                          {'method': 'PUT', 'path': '/services/shop', 'body':
                            {'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 80}]}},
                          {'method': 'PUT', 'path': '/services/shop/backends/be1', 'body': {'weight': 2}},
                          {'method': 'PUT', 'path': '/services/shop/backends/be2', 'body': {}}]}\
                        """)
                .is(200);
        return site;
    }

    private static List<String> content(SiteOfATest site, long revision) {
        return site.get("revisions/" + revision)
                .is(200)
                .json()
                .get("resources")
                .valueStream()
                .map(one -> one.get("kind") + " " + one.get("name") + " " + content(one))
                .toList();
    }

    private static JsonNode content(JsonNode resource) {
        ObjectNode document = (ObjectNode) resource.get("document");
        return document.remove(NOT_CONTENT);
    }

    private static void muchHappens(SiteOfATest site) {
        site.put("services/shop/backends/be1", "{'adminState': 'DRAINING'}").is(200);
        site.delete("services/shop").is(204);
        site.delete("vips/shop").is(204);
        site.delete("hosts/be1").is(204);
        site.put("hosts/be2", "{'address': '10.3.1.2'}").is(200);
        site.put("hosts/be9", "{'address': '10.3.1.9'}").is(201);
        site.put("vips/other", "{'address': '198.51.100.7'}").is(201);
        site.put("nodes/lb1", "{'address': '10.2.1.99'}").is(200);
        site.put("nodes/lb2", "{'address': '10.2.1.2'}").is(201);
        site.api()
                .put(
                        site.path(),
                        "{'vipRanges': ['198.51.100.0/24', '192.0.2.0/24'], 'limits': {'cliffPercent': 9}}")
                .is(200);
        site.put("vips/new", "{'address': '192.0.2.7'}").is(201);
    }

    @Test
    void aNewRevisionHasTheContentOfTheOldOne() {
        SiteOfATest site = shop();
        muchHappens(site);
        List<String> wanted = content(site, 2);
        assertThat(content(site, 13)).isNotEqualTo(wanted);

        site.post("revisions/2/rollback", "")
                .is(200)
                .hasEtag(14)
                .has("/to", 2)
                .has("/revision", 14)
                .has("/changed", true);

        assertThat(content(site, 14)).isEqualTo(wanted);
        site.post("revisions/2/rollback", "").is(200).hasEtag(14).has("/changed", false);
        site.post("revisions/13/rollback", "").is(200).hasEtag(15);
        assertThat(content(site, 15)).isEqualTo(content(site, 13));
    }

    @Test
    void aDryRunShowsThePlanAndStoresNothing() {
        SiteOfATest site = shop();
        site.delete("services/shop/backends/be1").is(204).hasEtag(3);

        Answer plan = site.post("revisions/2/rollback?dryRun=true", "").is(200).hasEtag(3);

        plan.has("/changed", false)
                .has("/changes/0/path", "/services/shop/backends/be1")
                .has("/plan/services/0/service", "shop")
                .has("/plan/allowed", true);
        assertThat(plan.json().at("/plan/services/0/movedPercent").asDouble()).isPositive();
        site.get("status").has("/revision", 3);
        site.post("revisions/3/rollback?dryRun=true", "").is(200).hasNo("/plan");
    }

    @Test
    void aBackendComesBackWithANewOrdinal() {
        SiteOfATest site = shop();
        site.delete("services/shop/backends/be1").is(204);

        site.post("revisions/2/rollback", "").is(200).hasEtag(4);

        site.get("services/shop/backends/be1").has("/weight", 2).has("/ordinal", 3);
    }

    @Test
    void aMachineWhoseNameWasReusedIsNotTouched() {
        SiteOfATest site = shop();
        site.delete("nodes/lb1").is(204).hasEtag(3);
        site.put("nodes/lb1", "{'address': '10.2.1.77'}").is(201).hasEtag(4);

        site.post("revisions/2/rollback", "")
                .isProblem(409, "node lb1")
                .says("removed at revision 3");
        site.post("revisions/2/rollback?dryRun=true", "").isProblem(409, "node lb1");

        site.get("status").has("/revision", 4);
        site.get("nodes/lb1").has("/address", "10.2.1.77");
    }

    @Test
    void onlyTheRevisionThatWasSeenIsRolledBackAndOnlyToOneThatWas() {
        SiteOfATest site = shop();
        site.delete("nodes/lb1").is(204).hasEtag(3);

        site.post("revisions/2/rollback", "", "If-Match", "\"2\"").isProblem(412, "If-Match");
        site.post("revisions/4/rollback", "").isProblem(404, "revision");
        site.post("revisions/0/rollback", "").isProblem(400, "revision");
        site.post("revisions/x/rollback", "").isProblem(400, "revision");
        site.get("status").has("/revision", 3);
        site.post("revisions/2/rollback", "", "If-Match", "\"3\"").is(200).hasEtag(4);
    }

    private static void stage(SiteOfATest site, String members) {
        site.put("services/shop/migration", "{%s, 'legacyHosts': ['10.4.1.2']}".formatted(members))
                .is(200);
    }

    @Test
    void theStageOfAMigrationIsPutBackToo() {
        SiteOfATest site = shop();
        stage(site, "'stage': 'SHADOW'");
        stage(site, "'stage': 'CANARY', 'percent': 25");
        stage(site, "'stage': 'LIVE'");

        site.post("revisions/4/rollback?dryRun=true", "")
                .is(200)
                .has("/changes/0/path", "/services/shop/migration")
                .has("/plan/allowed", true);
        site.post("revisions/4/rollback", "").is(200).hasEtag(6);
        site.get("services/shop/migration")
                .has("/stage", "CANARY")
                .has("/percent", 25)
                .has("/legacyHosts/0", "10.4.1.2");
        site.post("revisions/3/rollback", "").is(200).hasEtag(7);
        site.get("services/shop/migration").has("/stage", "SHADOW");
        site.post("revisions/5/rollback", "")
                .isProblem(409, "/services/shop/migration")
                .says("LIVE after SHADOW");
    }

    @Test
    void aStageThatDoesNotFollowIsNotPutBackAndSaysSo() {
        SiteOfATest site = shop();
        stage(site, "'stage': 'SHADOW'");
        stage(site, "'stage': 'CANARY', 'percent': 25");
        stage(site, "'stage': 'LEGACY'");

        for (String how : List.of("", "?dryRun=true")) {
            site.post("revisions/4/rollback" + how, "")
                    .isProblem(409, "/services/shop/migration")
                    .says("CANARY after LEGACY");
        }

        site.get("status").has("/revision", 5);
        site.get("services/shop/migration").has("/stage", "LEGACY");
    }

    @Test
    void aServiceThatNeverWasMovedIsLiveAgain() {
        SiteOfATest site = shop();
        stage(site, "'stage': 'SHADOW'");
        stage(site, "'stage': 'CANARY', 'percent': 25");

        site.post("revisions/2/rollback", "").is(200).hasEtag(5);

        site.get("services/shop/migration").has("/stage", "LIVE").has("/legacyHosts", "[]");
        site.delete("services/shop").is(204).hasEtag(6);
        site.post("revisions/4/rollback", "").is(200).hasEtag(7);
        site.get("services/shop/migration").has("/stage", "CANARY").has("/percent", 25);
    }

    @Test
    void limitsHoldForARollbackToo() {
        SiteOfATest site = shop();
        site.put("services/shop/backends/be1", "{'weight': 7}").is(200);
        site.api()
                .put(
                        site.path(),
                        "{'vipRanges': ['198.51.100.0/24'], 'limits': {'maxCollateralPercent': 0}}")
                .is(200)
                .hasEtag(4);

        // Its content has no limit, so it is one's own decision to take it away again.
        site.post("revisions/3/rollback", "").is(200);
    }
}
