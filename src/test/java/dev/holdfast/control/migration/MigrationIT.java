package dev.holdfast.control.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.WithControlPlane;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

@WithControlPlane
class MigrationIT {

    @Autowired private Api api;
    private ShopBeingMoved shop;

    @BeforeEach
    void aServiceWithFourBackends() {
        shop = ShopBeingMoved.with(api, 4);
    }

    @Test
    void aServiceIsLiveUntilSomebodyAsksForAnotherStage() {
        long before = shop.revision();

        shop.migration()
                .has("/stage", "LIVE")
                .has("/percent", 100)
                .has("/realPercent", 100)
                .has("/legacyHosts", "[]");
        shop.put("").is(200);
        shop.put("'stage': 'LIVE'").is(200);

        assertThat(shop.revision()).isEqualTo(before);
        shop.site().get("services/nothing/migration").isProblem(404);
        shop.site().put("services/nothing/migration", "{}").isProblem(404);
    }

    @Test
    void allTheWayAndBack() {
        long before = shop.revision();

        shop.to("LEGACY").is(200).hasEtag(before + 1).has("/realPercent", 0).has("/percent", 0);
        assertThat(shop.desired("shop").isMissingNode()).isTrue();
        assertThat(shop.delta(before).at("/removed/services")).isEqualTo("[\"shop\"]");

        shop.to("SHADOW").is(200).hasEtag(before + 2).has("/realPercent", 0);
        assertThat(shop.desired("shop").get("announce").asBoolean()).isFalse();
        assertThat(shop.desired("shop").get("destinations")).hasSize(4);

        shop.canary("5").is(200).has("/percent", 5);
        assertThat(shop.desired("shop").get("announce").asBoolean()).isTrue();
        assertThat(shop.desired("shop").get("destinations")).hasSize(6);

        shop.to("LIVE").is(200).has("/realPercent", 100);
        assertThat(shop.desired("shop").get("announce").asBoolean()).isTrue();

        shop.canary("25").is(200);
        shop.to("SHADOW").is(200);
        shop.canary("25").is(200);
        shop.to("LEGACY").is(200).hasEtag(before + 8);
        assertThat(shop.desired("shop").isMissingNode()).isTrue();
    }

    @Test
    void aStepForwardCannotBeSkipped() {
        shop.to("LEGACY").is(200);
        long before = shop.revision();

        shop.canary("5")
                .isProblem(409, "stage")
                .has("/found", "CANARY after LEGACY")
                .has("/expected", "LEGACY or SHADOW");
        shop.to("LIVE").isProblem(409, "stage");
        shop.to("SHADOW").is(200);
        shop.to("LIVE").isProblem(409, "stage").says("CANARY");
        shop.put("'stage': 'LIVE'").is(200);

        assertThat(shop.revision()).isEqualTo(before + 2);
    }

    @Test
    void fromLiveBackToCanaryIsTheTableOfBefore() {
        shop.canary("25").is(200);
        int[] before = shop.table().table().owners();
        shop.to("LIVE").is(200);
        assertThat(shop.table().table().owners())
                .as("the old ones keep their slots and get nothing new")
                .isEqualTo(before);

        shop.canary("25").is(200);

        assertThat(shop.table().table().owners()).isEqualTo(before);
        shop.put("'stage': 'LIVE'").is(200).has("/legacyHosts", "[]").hasNo("/backendWeight");
        assertThat(shop.desired("shop").get("destinations")).hasSize(4);
    }

    @Test
    void whatAGetShowsCanBePutBackAndMakesNoRevision() {
        Answer made = shop.canary("12.50").is(200).has("/percent", 12.5);
        long revision = made.etag();

        shop.site().put("services/shop/migration", made.body()).is(200).hasEtag(revision);

        shop.migration().hasEtag(revision);
        assertThat(shop.migration().json()).isEqualTo(made.json());
        shop.put("'stage': 'CANARY', 'percent': 12.5," + " 'legacyHosts': ['10.4.2.2', '10.4.1.2']")
                .is(200)
                .hasEtag(revision);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "'stage': 'HALF'                                                      | stage",
                "'stage': 'CANARY', 'legacyHosts': ['10.4.1.2']                       | percent",
                "'stage': 'CANARY', 'percent': 0, 'legacyHosts': ['10.4.1.2']         | percent",
                "'stage': 'CANARY', 'percent': -5, 'legacyHosts': ['10.4.1.2']        | percent",
                "'stage': 'CANARY', 'percent': 100, 'legacyHosts': ['10.4.1.2']       | percent",
                "'stage': 'CANARY', 'percent': 1e400, 'legacyHosts': ['10.4.1.2']     | percent",
                "'stage': 'CANARY', 'percent': 1e-400, 'legacyHosts': ['10.4.1.2']    | percent",
                "'stage': 'CANARY', 'percent': '5', 'legacyHosts': ['10.4.1.2']       | percent",
                "'stage': 'CANARY', 'percent': 5.0001, 'legacyHosts': ['10.4.1.2']    | percent",
                "'stage': 'CANARY', 'percent': 5                                      | legacyHosts",
                "'stage': 'CANARY', 'percent': 5, 'legacyHosts': []                   | legacyHosts",
                "'stage': 'LIVE', 'percent': 5                                        | percent",
                "'stage': 'SHADOW', 'percent': 5                                      | percent",
                "'stage': 'LEGACY', 'legacyHosts': ['old']                            | legacyHosts[0]",
                "'stage': 'LEGACY', 'legacyHosts': [null]                             | legacyHosts[0]",
                "'stage': 'LEGACY', 'legacyHosts': ['10.4.1.2', '10.4.1.2']           | legacyHosts[1]",
                "'stage': 'LEGACY', 'legacyHosts': ['2001:db8::1']                    | legacyHosts[0]",
                "'stage': 'LEGACY', 'legacyHosts': ['127.0.0.1']                      | legacyHosts[0]",
                "'stage': 'LEGACY', 'legacyHosts': ['198.51.100.7']                   | legacyHosts[0]",
                "'stage': 'LEGACY', 'legacyHosts': ['203.0.113.7']                    | legacyHosts[0]",
                "'service': 'other'                                                   | service",
                "'steps': 5                                                           | steps",
            })
    void badInputIsRefusedByFieldAndChangesNothing(String members, String field) {
        long before = shop.revision();

        shop.put(members.trim()).isProblem(400, field);

        assertThat(shop.revision()).isEqualTo(before);
    }

    @Test
    void addressesBelongToOneMachineEach() {
        shop.put("'stage': 'LEGACY', 'legacyHosts': ['10.3.1.2']").isProblem(409).says("host be1");
        shop.to("LEGACY").is(200);
        shop.site()
                .put("hosts/be9", "{'address': '10.4.1.2'}")
                .isProblem(409)
                .says("old load balancer 10.4.1.2");
        String wider = "{'vipRanges': ['198.51.100.0/24', '10.4.0.0/16']}";
        api.put(shop.site().path(), wider).isProblem(409).says("old load balancers 10.4.1.2");
    }

    @Test
    void conditionsHold() {
        long revision = shop.to("LEGACY").is(200).etag();

        shop.site()
                .put("services/shop/migration", "{'stage': 'SHADOW'}", "If-Match", "\"1\"")
                .isProblem(412);
        shop.site()
                .put("services/shop/migration", "{'stage': 'SHADOW'}", "If-None-Match", "*")
                .isProblem(412);
        shop.site()
                .put(
                        "services/shop/migration",
                        "{'stage': 'SHADOW'}",
                        "If-Match",
                        "\"" + revision + "\"")
                .is(200);
    }

    @Test
    void historyKnowsEachStep() {
        long step = shop.to("LEGACY").is(200).etag();
        shop.to("SHADOW").is(200);
        shop.canary("5").is(200);

        Answer revision = shop.site().get("revisions/" + (step + 2)).is(200);

        revision.has("/changes/0/kind", "MIGRATION")
                .has("/changes/0/name", "shop")
                .has("/changes/0/before/stage", "SHADOW")
                .has("/changes/0/after/stage", "CANARY")
                .has("/changes/0/after/percent", 5)
                .has("/meant", true);
        shop.site().delete("services/shop").is(204);
        assertThat(shop.site().get("revisions/" + shop.revision()).at("/summary"))
                .contains("migration shop removed");
    }

    @Test
    void aRollbackTakesTheMigrationBackToo() {
        long live = shop.revision();
        long quarter = shop.canary("25").is(200).etag();
        shop.canary("50").is(200);

        shop.site().post("revisions/%d/rollback".formatted(quarter), "").is(200);
        shop.migration().has("/stage", "CANARY").has("/percent", 25);

        shop.site().post("revisions/%d/rollback".formatted(live), "").is(200);
        shop.migration().has("/stage", "LIVE").has("/legacyHosts", "[]");
    }

    @Test
    void aCanaryKeepsABackend() {
        shop.canary("50").is(200);
        for (int i = 1; i <= 3; i++) {
            shop.site().delete("services/shop/backends/be" + i).is(204);
        }
        shop.site()
                .delete("services/shop/backends/be4")
                .isProblem(409)
                .says("no backend", "CANARY");
        ShopBeingMoved.with(api, 0).canary("50").isProblem(409).says("no backend");
    }
}
