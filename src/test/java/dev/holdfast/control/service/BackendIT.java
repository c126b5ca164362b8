package dev.holdfast.control.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@WithControlPlane
class BackendIT {

    @Autowired private Api api;
    @Autowired private JdbcClient jdbc;

    /// Revisions 1 to 5: site, VIP, service, hosts web1 and web2.
    private SiteOfATest siteWithServiceAndHosts() {
        SiteOfATest site = api.newSite();
        site.put("vips/shop", "{}").is(201);
        site.put("services/shop", "{'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 80}]}")
                .is(201);
        site.put("hosts/web1", "{'address': '192.0.2.21'}").is(201);
        site.put("hosts/web2", "{'address': '192.0.2.22'}").is(201);
        return site;
    }

    private long stateRevision(SiteOfATest site) {
        return jdbc.sql(
                        """
                        select state_revision from service s join lineage l on l.id = s.site_id
                        where l.site = :site and s.name = 'shop'
                        """)
                .param("site", site.name())
                .query(Long.class)
                .single();
    }

    @Test
    void aHostJoinsWithAnOrdinalItNeverHadBefore() {
        SiteOfATest site = siteWithServiceAndHosts();

        site.put("services/shop/backends/web1", "{}")
                .is(201)
                .hasEtag(6)
                .has("/weight", 1)
                .has("/adminState", "ENABLED")
                .has("/serving", true)
                .has("/ordinal", 1);
        site.put("services/shop/backends/web2", "{'weight': 3}").is(201).has("/ordinal", 2);
        site.put("services/shop/backends/web1", "{'adminState': 'DRAINING'}")
                .is(200)
                .has("/ordinal", 1)
                .has("/serving", false);
        site.delete("services/shop/backends/web1").is(204).hasEtag(9);
        site.put("services/shop/backends/web1", "{}").is(201).has("/ordinal", 3);
        assertThat(stateRevision(site)).isEqualTo(10);
    }

    @Test
    void whatAGetShowsCanBePutBackAndMakesNoRevision() {
        SiteOfATest site = siteWithServiceAndHosts();
        Answer made = site.put("services/shop/backends/web1", "{'weight': 7}").is(201);

        site.put("services/shop/backends/web1", made.body()).is(200).hasEtag(6);
        assertThat(site.get("services/shop/backends/web1").is(200).hasEtag(6).json())
                .isEqualTo(made.json());
        assertThat(site.get("services/shop/backends").is(200).each("/host"))
                .containsExactly("web1");
        assertThat(site.get("services/shop/backends?adminState=DRAINING").each("/host")).isEmpty();
    }

    @Test
    void aHostThatMovesChangesWhatLoadBalancersProgramOfItsServices() {
        SiteOfATest site = siteWithServiceAndHosts();
        site.put("services/shop/backends/web1", "{}").is(201);

        site.put("hosts/web1", "{'address': '192.0.2.31'}").is(200).hasEtag(7);
        assertThat(stateRevision(site)).isEqualTo(7);
        site.put("hosts/web2", "{'address': '192.0.2.32'}").is(200).hasEtag(8);
        assertThat(stateRevision(site)).isEqualTo(7);
        site.put("vips/shop", "{'address': '198.51.100.77'}").is(200).hasEtag(9);
        assertThat(stateRevision(site)).isEqualTo(9);
    }

    /// One more than the kernel's table has slots: it would say yes and go on with the table it
    /// had.
    @Test
    void moreBackendsThanTheTableHasSlotsAreRefused() {
        SiteOfATest site = siteWithServiceAndHosts();
        fill(site, 4092);

        site.put("services/shop/backends/web1", "{}").is(201).hasEtag(6);
        site.put("services/shop/backends/web2", "{}")
                .isProblem(409)
                .says(
                        "service shop has 4093 backends already,"
                                + " one for each slot of the kernel's table");
        site.put("services/shop/backends/web1", "{'adminState': 'DRAINING'}").is(200).hasEtag(7);
        site.delete("services/shop/backends/web1").is(204).hasEtag(8);
        site.put("services/shop/backends/web2", "{}").is(201).hasEtag(9);
    }

    /// Backends that seem to come with the next revision, so that whoever follows the site finds
    /// them.
    private void fill(SiteOfATest site, int backends) {
        jdbc.sql(
                        """
                        insert into host (site_id, name, address, revision)
                        select l.id, 'be' || n, inet '10.9.0.0' + n, l.revision + 1
                        from lineage l, generate_series(1, :backends) n
                        where l.site = :site
                        """)
                .param("site", site.name())
                .param("backends", backends)
                .update();
        jdbc.sql(
                        """
                        insert into backend (site_id, service_id, host_id, weight, admin_state,
                                             ordinal, revision, serving)
                        select h.site_id, s.id, h.id, 1, 'ENABLED', 1000000 + h.id, h.revision, true
                        from host h
                        join service s on s.site_id = h.site_id
                        join lineage l on l.id = h.site_id
                        where l.site = :site and h.name like 'be%'
                        """)
                .param("site", site.name())
                .update();
    }

    @Test
    void aServiceGoesWithItsBackends() {
        SiteOfATest site = siteWithServiceAndHosts();
        site.put("services/shop/backends/web1", "{}").is(201);
        site.put("services/shop/backends/web2", "{}").is(201);
        site.delete("hosts/web1").isProblem(409).says("service shop");

        site.delete("services/shop").is(204).hasEtag(8);

        site.get("revisions/8")
                .has("/changes/0/kind", "BACKEND")
                .has("/changes/2/kind", "SERVICE")
                .hasNo("/changes/2/after");
        site.delete("hosts/web1").is(204);
    }

    @Test
    void hostsThatTheKernelCannotReachAreRefused() {
        SiteOfATest site = siteWithServiceAndHosts();
        site.put("hosts/six", "{'address': '2001:db8::6'}").is(201);

        site.put("services/shop/backends/six", "{}").isProblem(409, "host").says("IPV4 VIP");
        site.put("vips/shop6", "{'family': 'IPV6'}").is(201);
        site.put("services/shop6", "{'vip': 'shop6', 'ports': [{'protocol': 'TCP', 'port': 80}]}")
                .is(201);
        site.put("services/shop6/backends/six", "{}").is(201);
        site.put("services/shop6/backends/web1", "{}").is(201);
        api.put(
                        site.path(),
                        """
                        {'vipRanges': ['198.51.100.0/24', '2001:db8:100::/64'], 'encapsulation': {'kind': 'IPIP'},
                         'tunnelRanges': ['203.0.113.0/24', '2001:db8:200::/64']}\
                        """)
                .isProblem(409)
                .says("web1");
    }

    private static String fou(String tunnelRanges) {
        return "{'vipRanges': ['198.51.100.0/24', '2001:db8:100::/64'], 'tunnelRanges': [%s], 'encapsulation': {'kind': 'FOU'}}"
                .formatted(tunnelRanges);
    }

    /// Revisions 1 to 4: a site with FOU, and two services of one family each.
    private SiteOfATest siteWithFou(String tunnelRanges) {
        SiteOfATest site = api.newSite(fou(tunnelRanges));
        site.put("vips/shop", "{'family': 'IPV4'}").is(201);
        site.put("vips/shop6", "{'family': 'IPV6'}").is(201);
        for (String name : new String[] {"shop", "shop6"}) {
            site.put(
                            "services/" + name,
                            "{'vip': '%s', 'ports': [{'protocol': 'TCP', 'port': 80}]}"
                                    .formatted(name))
                    .is(201);
        }
        return site;
    }

    @Test
    void withFouAHostNeedsATunnelAddressOfTheVipsFamily() {
        SiteOfATest site = siteWithFou("'203.0.113.0/24'");
        site.put("hosts/web1", "{'address': '192.0.2.21'}").is(201);
        site.put("services/shop/backends/web1", "{}").is(201);

        site.put("services/shop6/backends/web1", "{}")
                .isProblem(409, "host")
                .says(
                        "with FOU host web1 needs a tunnel address of the VIP's family, IPV6",
                        "tunnelRanges");

        api.put(site.path(), fou("'203.0.113.0/24', '2001:db8:200::/64'")).is(200);
        site.put("services/shop6/backends/web1", "{}").is(201);
    }

    @Test
    void withFouNodesAndTheHostsTheySendToAreOfOneFamily() {
        SiteOfATest site = siteWithFou("'203.0.113.0/24', '2001:db8:200::/64'");
        site.put("nodes/lb1", "{'address': '192.0.2.1'}").is(201);
        site.put("hosts/six", "{'address': '2001:db8::6'}").is(201);

        site.put("services/shop6/backends/six", "{}")
                .isProblem(409, "host")
                .says(
                        "with FOU the IPV4 address of node lb1 has no tunnel to the IPV6 address of host six");

        site.put("nodes/lb1", "{'address': '2001:db8::1'}").is(200);
        site.put("services/shop6/backends/six", "{}").is(201);
        site.put("nodes/lb2", "{'address': '192.0.2.2'}")
                .isProblem(409, "address")
                .says("192.0.2.2", "host six", "an IPV6 address");
        site.put("nodes/lb1", "{'address': '192.0.2.1'}").isProblem(409, "address");
        site.put("hosts/six", "{'address': '192.0.2.26'}").isProblem(409, "host").says("node lb1");
        site.put("hosts/other", "{'address': '192.0.2.27'}").is(201);
        site.delete("services/shop6/backends/six").is(204);
        site.put("nodes/lb2", "{'address': '192.0.2.2'}").is(201);
    }

    @Test
    void aSiteDoesNotComeToFouWhereItsNodesReachTheirHostsNoMore() {
        SiteOfATest site = siteWithServiceAndHosts();
        site.put("services/shop/backends/web1", "{}").is(201);
        site.put("nodes/six", "{'address': '2001:db8::1'}").is(201);

        api.put(site.path() + "?force=true", fou("'203.0.113.0/24', '2001:db8:200::/64'"))
                .isProblem(409, "host")
                .says("node six", "host web1");
    }

    @Test
    void whatIsWrongIsNamed() {
        SiteOfATest site = siteWithServiceAndHosts();
        String web1 = "services/shop/backends/web1";

        site.put(web1, "{'weight': 0}").isProblem(400, "weight");
        site.put(web1, "{'weight': 1001}").isProblem(400, "weight");
        site.put(web1, "{'weight': 1.5}").isProblem(400, "weight");
        site.put(web1, "{'adminState': 'OFF'}").isProblem(400, "adminState");
        site.put(web1, "{'host': 'web2'}").isProblem(400, "host");
        site.put(web1, "{'port': 8080}").isProblem(400, "port");
        site.put("services/none/backends/web1", "{}").isProblem(404).says("service none");
        site.put("services/shop/backends/none", "{}").isProblem(404).says("host none");
        site.get(web1).isProblem(404);
        site.delete(web1).isProblem(404);
    }
}
