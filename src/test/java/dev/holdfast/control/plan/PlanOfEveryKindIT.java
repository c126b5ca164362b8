package dev.holdfast.control.plan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Every kind of change that a change set can hold: planned, then applied, and then there is
/// nothing left of it to plan.
@WithControlPlane
class PlanOfEveryKindIT {

    private static final String OLD = "'legacyHosts': ['10.4.1.2']";

    @Autowired private Api api;
    private SiteOfATest site;
    private long revision;

    @BeforeEach
    void aSite() {
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
        revision = 2;
    }

    /// @param step part of one that machines would take; empty: none would do anything
    /// @return the plan, after the change was made
    private Answer put(String path, String body, String step) {
        String change = "{'method': 'PUT', 'path': '%s', 'body': {%s}}".formatted(path, body);
        Answer plan = plannedAndApplied(change, step);
        site.post("plan", "{'changes': [" + change + "]}")
                .is(200)
                .has("/changed", false)
                .has("/revision", revision);
        return plan;
    }

    private Answer delete(String path, String step) {
        return plannedAndApplied("{'method': 'DELETE', 'path': '%s'}".formatted(path), step);
    }

    private Answer plannedAndApplied(String change, String step) {
        String set = "{'changes': [" + change + "]}";
        Answer plan =
                site.post("plan", set)
                        .is(200)
                        .has("/revision", revision)
                        .has("/changed", true)
                        .has("/allowed", true);
        List<String> steps =
                plan.json()
                        .get("steps")
                        .valueStream()
                        .flatMap(group -> group.get("steps").valueStream())
                        .map(one -> one.asString())
                        .toList();
        if (step.isEmpty()) {
            assertThat(steps).as(change).isEmpty();
        } else {
            assertThat(steps).as(change).anyMatch(one -> one.contains(step));
        }
        site.get("status").has("/revision", revision);
        site.post("apply", set, "If-Match", "\"" + revision + "\"").is(200).hasEtag(++revision);
        return plan;
    }

    @Test
    void machines() {
        put("/nodes/lb3", "'address': '10.2.1.3'", "take on the whole state");
        put("/nodes/lb3", "'address': '10.2.1.9'", "use address 10.2.1.9");
        put("/nodes/lb3/maintenance", "'reason': 'a disk'", "withdraw all VIPs");
        plannedAndApplied(
                "{'method': 'DELETE', 'path': '/nodes/lb3/maintenance', 'force': true}",
                "announce every VIP again");
        delete("/nodes/lb3", "hear nothing more");
        put("/hosts/be3", "'address': '10.3.1.3'", "");
        put("/services/shop/backends/be3", "", "shop: add destination be3 (10.3.1.3)");
        put("/hosts/be3", "'address': '10.3.1.4'", "shop: add destination be3 (10.3.1.4)");
        delete("/services/shop/backends/be3", "shop: remove destination be3");
        delete("/hosts/be3", "");
    }

    @Test
    void addressesAndServices() {
        put("/vips/dns", "'address': '198.51.100.8'", "");
        put(
                "/services/dns",
                "'vip': 'dns', 'ports': [{'protocol': 'UDP', 'port': 53}]",
                "dns: add the service on 198.51.100.8, UDP 53");
        put("/services/dns/backends/be1", "", "dns: add destination be1");
        put("/vips/dns", "'address': '198.51.100.9'", "dns: move the service on 198.51.100.9");
        put(
                "/services/dns",
                "'vip': 'dns', 'affinity': 'CLIENT_ADDRESS', 'ports': [{'protocol': 'UDP', 'port': 53}]",
                "dns: hash by CLIENT_ADDRESS");
        put(
                "/services/dns",
                "'vip': 'dns', 'allowedSources': ['192.0.2.0/24'], 'ports': [{'protocol': 'UDP', 'port': 53}]",
                "dns: replace the rules of its allowed sources");
        delete("/services/dns", "dns: remove the service").has("/services/0/lostPercent", 100.0);
        delete("/vips/dns", "");
    }

    @Test
    void backends() {
        put("/services/shop/backends/be1", "'weight': 3", "from 1 to 3");
        put(
                        "/services/shop/backends/be1",
                        "'weight': 3, 'adminState': 'DRAINING'",
                        "send no new connections to destination be1")
                .has("/services/0/collateralPercent", 0.0);
        put("/services/shop/backends/be1", "'weight': 3", "send new connections again to");
        put(
                "/services/shop/backends/be1",
                "'weight': 3, 'adminState': 'DISABLED'",
                "send no new connections to destination be1");
    }

    @Test
    void theWholeSite() {
        String all = "{'kind': 'IPIP'}, {'kind': 'FOU'}, {'kind': 'GUE'}";
        String site =
                "'vipRanges': ['198.51.100.0/24'], 'tunnelRanges': ['203.0.113.0/24'], 'accepts': [%s], 'encapsulation': {'kind': '%s'}";
        put("/", site.formatted(all, "GUE"), "take packets in IPIP");
        put("/", site.formatted(all, "IPIP"), "send packets with IPIP, no longer with GUE");
        put("/", site.formatted(all, "FOU"), "send packets with FOU")
                .has("/services/0/backends/0/host", "be1");
        put("/", site.formatted("{'kind': 'GUE'}", "FOU"), "take no more packets in IPIP");
    }

    @Test
    void migrations() {
        String path = "/services/shop/migration";
        put(path, "'stage': 'SHADOW', " + OLD, "shop: no longer announce 198.51.100.7 for it")
                .has("/services/0/movedPercent", 100.0)
                .has("/services/0/collateralPercent", 0.0)
                .has("/services/0/lostPercent", 0.0)
                .has("/services/0/backends/0/afterPercent", 0.0);
        put("/services/shop/backends/be1", "'weight': 2", "from 1 to 2")
                .has("/services/0/movedPercent", 0.0); // nobody's packets come here yet
        put(path, "'stage': 'CANARY', 'percent': 25, " + OLD, "shop: announce 198.51.100.7 for it")
                .has("/services/0/gainedPercent", 100.0)
                .has("/services/0/movedPercent", 0.0);
        put(path, "'stage': 'LIVE', " + OLD, "shop: send no new connections to");
        put(path, "'stage': 'LEGACY', " + OLD, "shop: remove the service")
                .has("/services/0/movedPercent", 100.0);
    }
}
