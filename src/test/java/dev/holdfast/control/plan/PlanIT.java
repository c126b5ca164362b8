package dev.holdfast.control.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/// The figures are those of `docs/concepts/maglev.md`, measured by exact tables.
@WithControlPlane
class PlanIT {

    private static final Offset<Double> A_LITTLE = within(1.5);

    @Autowired private Api api;

    /// Service `shop` on TCP 80 with backends be1, be2 … and two load balancers.
    private SiteOfATest shop(int backends, int weight, String limits) {
        SiteOfATest site =
                api.newSite("{'vipRanges': ['198.51.100.0/24'], 'limits': {%s}}".formatted(limits));
        List<String> changes = new ArrayList<>();
        changes.add(put("/nodes/lb1", "{'address': '10.2.1.1'}"));
        changes.add(put("/nodes/lb2", "{'address': '10.2.1.2'}"));
        changes.add(put("/vips/shop", "{'address': '198.51.100.7'}"));
        changes.add(
                put(
                        "/services/shop",
                        "{'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 80}]}"));
        for (int i = 1; i <= backends; i++) {
            changes.add(put("/hosts/be" + i, "{'address': '10.3.1.%d'}".formatted(i)));
            changes.add(put("/services/shop/backends/be" + i, "{'weight': %d}".formatted(weight)));
        }
        site.post("apply", set(changes)).is(200).hasEtag(2);
        return site;
    }

    private static String put(String path, String body) {
        return "{'method': 'PUT', 'path': '%s', 'body': %s}".formatted(path, body);
    }

    private static String delete(String path) {
        return "{'method': 'DELETE', 'path': '%s'}".formatted(path);
    }

    private static String set(List<String> changes) {
        return "{'changes': [" + String.join(", ", changes) + "]}";
    }

    private static String set(String... changes) {
        return set(List.of(changes));
    }

    private static double number(Answer plan, String pointer) {
        return plan.json().at(pointer).asDouble();
    }

    private static List<String> texts(Answer plan, String list, String member) {
        return plan.json().at(list).valueStream().map(n -> n.at(member).asString()).toList();
    }

    @Test
    void aDrainMovesItsOwnFlowsAndNothingIsStored() {
        SiteOfATest site = shop(5, 1, "");

        Answer plan =
                site.post(
                                "plan",
                                set(
                                        put(
                                                "/services/shop/backends/be3",
                                                "{'adminState': 'DRAINING'}")))
                        .is(200)
                        .has("/revision", 2)
                        .has("/changed", true)
                        .has("/allowed", true)
                        .has("/services/0/service", "shop")
                        .has("/services/0/collateralPercent", 0.0)
                        .has("/services/0/backends/2/host", "be3")
                        .has("/services/0/backends/2/afterPercent", 0.0)
                        .has("/steps/0/machines/1", "lb2");
        assertThat(number(plan, "/services/0/movedPercent")).isCloseTo(20, A_LITTLE);
        assertThat(plan.at("/steps/0/steps/0"))
                .isEqualTo("shop: send no new connections to destination be3 (10.3.1.3)");
        assertThat(plan.json().get("alternatives")).isEmpty();

        site.get("status").has("/revision", 2);
        site.get("services/shop/backends/be3").has("/adminState", "ENABLED").hasEtag(2);
        site.delete("services/shop/backends/be1").is(204).hasEtag(3);
        site.put("hosts/more", "{'address': '10.3.2.1'}").is(201);
        site.put("services/shop/backends/more", "{}").is(201).has("/ordinal", 6);
    }

    @Test
    void aRemovalHasCollateralAndTheGentlerWayIsADrain() {
        SiteOfATest site = shop(20, 1, "");

        Answer plan = site.post("plan", set(delete("/services/shop/backends/be7"))).is(200);

        assertThat(number(plan, "/services/0/movedPercent")).isCloseTo(6.7, A_LITTLE);
        assertThat(number(plan, "/services/0/intendedPercent")).isCloseTo(5, A_LITTLE);
        assertThat(number(plan, "/services/0/collateralPercent")).isGreaterThan(0.5);
        assertThat(plan.at("/alternatives/0/sentence")).contains("drain first");
        assertThat(number(plan, "/alternatives/0/services/0/collateralPercent")).isZero();
        String gentler = "{'changes': " + plan.json().at("/alternatives/0/changes") + "}";
        site.post("apply", gentler).is(200).hasEtag(3);
        site.get("services/shop/backends/be7").has("/adminState", "DRAINING");
    }

    @Test
    void aFineStepOfWeightsIsWorseThanRemovalAndASmallerScaleIsShown() {
        SiteOfATest site = shop(40, 100, "");

        Answer plan =
                site.post("plan", set(put("/services/shop/backends/be7", "{'weight': 99}")))
                        .is(200);

        assertThat(number(plan, "/services/0/collateralPercent")).isGreaterThan(10);
        assertThat(texts(plan, "/warnings", "/kind"))
                .contains("QUANTISED_WEIGHTS", "EDIT_WORSE_THAN_REMOVAL");
        assertThat(plan.at("/alternatives/0/sentence")).contains("smaller common scale");
        double gentler = number(plan, "/alternatives/0/services/0/collateralPercent");
        assertThat(gentler).isLessThan(number(plan, "/services/0/collateralPercent") / 2);
        String changes = "{'changes': " + plan.json().at("/alternatives/0/changes") + "}";
        assertThat(number(site.post("plan", changes).is(200), "/services/0/collateralPercent"))
                .isEqualTo(gentler);
    }

    @Test
    void cliffsAreSeenBeforehand() {
        SiteOfATest site = shop(10, 1, "'cliffPercent': 50");
        List<String> changes = new ArrayList<>();
        for (int i = 1; i <= 6; i++) {
            changes.add(delete("/services/shop/backends/be" + i));
        }

        site.post("plan", set(changes))
                .is(200)
                .has("/allowed", false)
                .has("/guards/0/guard", "NO_CLIFF")
                .has("/guards/0/refuses", true)
                .has("/guards/0/subject", "service shop")
                .has("/guards/0/unless", "?meant=true");
        site.post("plan?meant=true", set(changes))
                .has("/allowed", true)
                .has("/guards/0/refuses", false);
        site.post("plan", set(changes.subList(0, 5))).has("/allowed", true).hasNo("/guards/0");
    }

    @Test
    void theLastNodeThatAnnouncesIsAGuard() {
        SiteOfATest site = shop(2, 1, "");
        String out = "{'reason': 'a disk'}";
        site.put("nodes/lb1/maintenance", out).is(201).hasEtag(3);

        site.post("plan", set(put("/nodes/lb2/maintenance", out)))
                .is(200)
                .has("/allowed", false)
                .has("/guards/0/guard", "NOT_FORCED")
                .has("/guards/0/subject", "changes[0]")
                .has("/steps/0/machines/0", "lb2")
                .has("/steps/0/steps/0", "withdraw all VIPs");
        site.post("apply", set(put("/nodes/lb2/maintenance", out))).isProblem(409, "changes[0]");
        site.get("nodes/lb2").hasNo("/maintenance");
    }

    @Test
    void theLimitForCollateralHoldsForRealWritesUnlessOverridden() {
        SiteOfATest site = shop(20, 1, "'maxCollateralPercent': 0.5");
        String be7 = "services/shop/backends/be7";

        site.post("plan", set(delete("/" + be7)))
                .has("/allowed", false)
                .has("/guards/0/guard", "MAX_COLLATERAL")
                .has("/guards/0/unless", "?override=reason");
        site.delete(be7).isProblem(409, "service shop").says("without need");
        site.post("apply", set(delete("/" + be7))).isProblem(409, "service shop");
        site.get("status").has("/revision", 2);
        site.put(be7, "{'adminState': 'DRAINING'}").is(200).hasEtag(3);
        site.delete(be7 + "?override=").isProblem(400, "override");
        site.delete(be7 + "?override=it%20burns").is(204).hasEtag(4);
    }

    @Test
    void aServicesOwnLimitWinsOverTheSites() {
        SiteOfATest strict = shop(20, 1, "'maxCollateralPercent': 0.5");
        SiteOfATest free = shop(20, 1, "");
        String be7 = "services/shop/backends/be7";

        strict.put("services/shop", limited(5)).is(200).hasEtag(3);
        strict.post("plan", set(delete("/" + be7))).has("/allowed", true).hasNo("/guards/0");
        strict.delete(be7).is(204).hasEtag(4);

        free.put("services/shop", limited(0.25)).is(200).hasEtag(3);
        Answer plan =
                free.post("plan", set(delete("/" + be7)))
                        .has("/allowed", false)
                        .has("/guards/0/guard", "MAX_COLLATERAL")
                        .has("/guards/0/unless", "?override=reason");
        assertThat(plan.at("/guards/0/sentence"))
                .contains("the service's maxCollateralPercent of 0.25");
        free.delete(be7).isProblem(409, "service shop").says("the service's maxCollateralPercent");
        free.post("apply", set(delete("/" + be7))).isProblem(409, "service shop");
        free.get("status").has("/revision", 3);
        free.delete(be7 + "?override=it%20burns").is(204).hasEtag(4);
        free.api()
                .get("/api/v1/audit?site=" + free.name())
                .has("/items/0/override", "it burns")
                .has("/items/0/outcome", "DONE")
                .has("/items/1/outcome", "REFUSED");
    }

    private static String limited(double percent) {
        return "{'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 80}], 'limits': {'maxCollateralPercent': %s}}"
                .formatted(percent);
    }

    @Test
    void whatClientsLoseIsWarnedOf() {
        SiteOfATest site = shop(3, 1, "");
        String udp = "{'vip': 'shop', 'ports': [{'protocol': 'UDP', 'port': 53}]}";
        String byClient =
                "{'vip': 'shop', 'affinity': 'CLIENT_ADDRESS', 'ports': [{'protocol': 'TCP', 'port': 80}]}";

        Answer moved = site.post("plan", set(put("/vips/shop", "{'address': '198.51.100.9'}")));
        assertThat(texts(moved, "/warnings", "/kind")).containsExactly("CLIENTS_LOSE_ADDRESS");
        moved.has("/services/0/lostPercent", 100.0).has("/steps/1/role", "BACKEND_HOST");
        Answer otherPort = site.post("plan", set(put("/services/shop", udp)));
        assertThat(texts(otherPort, "/warnings", "/kind")).contains("CLIENTS_LOSE_ADDRESS");
        Answer otherHash = site.post("plan", set(put("/services/shop", byClient)));
        assertThat(texts(otherHash, "/warnings", "/kind")).containsExactly("OTHER_HASH");
        assertThat(number(otherHash, "/services/0/collateralPercent")).isCloseTo(66.7, A_LITTLE);
        Answer gone =
                site.post(
                        "plan",
                        set(
                                put("/services/shop/backends/be1", "{'adminState': 'DISABLED'}"),
                                put("/services/shop/backends/be2", "{'adminState': 'DISABLED'}"),
                                put("/services/shop/backends/be3", "{'adminState': 'DISABLED'}")));
        assertThat(texts(gone, "/warnings", "/kind")).containsExactly("NOBODY_SERVES");
        site.post("plan", set(delete("/services/shop"), delete("/vips/shop")))
                .is(200)
                .has("/services/0/lostPercent", 100.0);
        site.get("status").has("/revision", 2);
    }

    @Test
    void everyServiceThatAHostCarriesIsTouched() {
        SiteOfATest site = shop(3, 1, "");
        site.put("services/dns", "{'vip': 'shop', 'ports': [{'protocol': 'UDP', 'port': 53}]}")
                .is(201);
        site.put("services/dns/backends/be1", "{}").is(201);
        site.put("services/dns/backends/be2", "{}").is(201);

        Answer plan = site.post("plan", set(put("/hosts/be1", "{'address': '10.3.9.9'}")));

        assertThat(texts(plan.is(200), "/services", "/service")).containsExactly("dns", "shop");
        JsonNode steps = plan.json().at("/steps/0/steps");
        assertThat(steps.toString()).contains("dns: add destination be1 (10.3.9.9)");
        site.post("plan", set(put("/hosts/be1", "{'address': '10.3.1.1'}")))
                .has("/changed", false)
                .has("/summary", "Nothing would change.")
                .hasNo("/steps/0");
    }

    @Test
    void whatCannotBeAppliedCannotBePlanned() {
        SiteOfATest site = shop(2, 1, "");

        site.post("plan", set(delete("/vips/shop"))).isProblem(409, "changes[0]");
        site.post("plan", set(put("/services/shop/backends/be9", "{}"))).isProblem(404);
        site.post("plan", set(put("/nodes/lb3", "{'address': '10.2.1.1'}"))).isProblem(409);
        site.post("plan", "{}").isProblem(400, "changes");
        site.post("plan", set(delete("/nodes/lb1")), "If-Match", "\"1\"").isProblem(412);
        api.post("/api/v1/sites/" + Api.freshName("no") + "/plan", set(delete("/nodes/a")))
                .isProblem(404);
        site.get("status").has("/revision", 2);
    }
}
