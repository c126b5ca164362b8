package dev.holdfast.control.node;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

@WithControlPlane
class NodeIT {

    @Autowired private Api api;
    private SiteOfATest site;

    @BeforeEach
    void aSite() {
        site = api.newSite();
    }

    @Test
    void aNodeIsMadeShownChangedAndRemoved() {
        site.put("nodes/lb1", "{'address': '10.2.1.2'}")
                .is(201)
                .hasEtag(2)
                .has("/name", "lb1")
                .has("/address", "10.2.1.2")
                .has("/revision", 2);

        site.put("nodes/lb1", "{'address': '2001:db8::2'}").is(200).hasEtag(3);
        site.get("nodes/lb1").is(200).hasEtag(3).has("/address", "2001:db8::2");

        site.delete("nodes/lb1", "If-Match", "\"2\"").isProblem(412);
        site.delete("nodes/lb1").is(204).hasEtag(4);
        site.get("nodes/lb1").isProblem(404).says("node lb1");
        site.delete("nodes/lb1").isProblem(404);
    }

    @Test
    void whatAGetShowsCanBePutBackAndMakesNoRevision() {
        site.put("nodes/lb1", "{'address': '10.2.1.2'}").is(201);
        Answer shown = site.get("nodes/lb1");

        site.put("nodes/lb1", shown.body()).is(200).hasEtag(2);

        assertThat(site.put("nodes/lb2", "{'address': '10.2.1.3'}").etag()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "::1",
                "0.0.0.0",
                "::",
                "224.0.0.5",
                "ff02::1",
                "169.254.0.1",
                "fe80::1",
                "255.255.255.255",
                "198.51.100.9",
                "2001:db8:100::9",
                "203.0.113.9",
                "2001:db8:200::9"
            })
    void anAddressNoMachineCanHaveIsRefused(String address) {
        site.put("nodes/lb1", "{'address': '" + address + "'}").isProblem(400, "address");
        site.put("hosts/be1", "{'address': '" + address + "'}").isProblem(400, "address");
    }

    @Test
    void anAddressBelongsToOneMachineOfTheSite() {
        site.put("nodes/lb1", "{'address': '10.2.1.2'}").is(201);
        site.put("hosts/be1", "{'address': '10.3.1.2'}").is(201);

        site.put("nodes/lb2", "{'address': '10.2.1.2'}").isProblem(409).says("node lb1");
        site.put("hosts/be2", "{'address': '10.2.1.2'}").isProblem(409).says("node lb1");
        site.put("nodes/lb2", "{'address': '10.3.1.2'}").isProblem(409).says("host be1");
        api.newSite().put("nodes/lb2", "{'address': '10.2.1.2'}").is(201);
    }

    @Test
    void aSiteCannotSwallowItsMachinesOrEndBeforeThem() {
        site.put("nodes/lb1", "{'address': '10.2.1.2'}").is(201);

        api.put(site.path(), "{'vipRanges': ['10.2.0.0/16']}")
                .isProblem(409)
                .says("vipRanges", "node lb1");
        api.put(site.path(), "{'vipRanges': ['198.51.100.0/24'], 'tunnelRanges': ['10.2.1.0/24']}")
                .isProblem(409)
                .says("tunnelRanges", "node lb1");
        api.delete(site.path()).isProblem(409).says("node lb1");
        api.get(site.path()).hasEtag(1);
    }

    @Test
    void listsArePagedAndFiltered() {
        for (int i = 1; i <= 3; i++) {
            site.put("nodes/lb" + i, "{'address': '10.2.1." + i + "'}").is(201);
        }

        Answer first = site.get("nodes?limit=2").is(200).has("/next", "lb2");
        assertThat(first.each("/name")).containsExactly("lb1", "lb2");
        Answer second = site.get("nodes?limit=2&after=lb2").is(200).hasNo("/next");
        assertThat(second.each("/name")).containsExactly("lb3");
        assertThat(site.get("nodes?address=10.2.1.2").each("/name")).containsExactly("lb2");
        site.get("nodes?address=10.2").isProblem(400, "address");
        site.get("nodes?limit=0").isProblem(400, "limit");
    }

    @Test
    void theSiteMustExist() {
        api.put("/api/v1/sites/nowhere/nodes/lb1", "{'address': '10.2.1.2'}")
                .isProblem(404)
                .says("site nowhere");
        api.get("/api/v1/sites/nowhere/nodes").isProblem(404);
    }

    @Test
    void theBodyAndThePathAreTheSameNode() {
        site.put("nodes/lb1", "{'name': 'lb2', 'address': '10.2.1.2'}").isProblem(400, "name");
        site.put("nodes/lb1", "{}").isProblem(400, "address");
        site.put("nodes/LB1", "{'address': '10.2.1.2'}").isProblem(400, "node");
    }
}
