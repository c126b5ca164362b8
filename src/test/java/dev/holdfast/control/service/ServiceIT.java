package dev.holdfast.control.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

@WithControlPlane
class ServiceIT {

    private static final String SHOP =
            """
            {'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 443}, {'protocol': 'UDP', 'port': 53}],
             'allowedSources': ['192.0.2.0/24'], 'healthCheck': {'kind': 'HTTPS'}, 'owner': 'web'}\
            """;

    @Autowired private Api api;
    @Autowired private JdbcClient jdbc;

    private SiteOfATest siteWithVip() {
        SiteOfATest site = api.newSite();
        site.put("vips/shop", "{}").is(201);
        return site;
    }

    @Test
    void aServiceHasItsDefaultsFilledInAndCanBePutBack() {
        SiteOfATest site = siteWithVip();

        Answer made = site.put("services/shop", SHOP).is(201).hasEtag(3);

        made.has("/vip", "shop")
                .has("/ports/0/port", 443)
                .has("/ports/1/protocol", "UDP")
                .has("/affinity", "CONNECTION")
                .has("/healthCheck/port", 443)
                .has("/healthCheck/path", "/")
                .has("/healthCheck/expectStatus", 200)
                .has("/healthCheck/intervalSeconds", 5)
                .has("/healthCheck/timeoutSeconds", 2)
                .has("/healthCheck/rise", 2)
                .has("/healthCheck/fall", 3)
                .has("/owner", "web");
        site.put("services/shop", made.body()).is(200).hasEtag(3);
        site.put("services/shop", SHOP).is(200).hasEtag(3);
        assertThat(site.get("services/shop").is(200).hasEtag(3).json()).isEqualTo(made.json());
    }

    @Test
    void aLimitOfItsOwnIsShownAndCanBePutBackAndLeftOut() {
        SiteOfATest site = siteWithVip();
        String plain = "'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 80}]";

        Answer made =
                site.put(
                                "services/x",
                                "{%s, 'limits': {'maxCollateralPercent': 2}}".formatted(plain))
                        .is(201)
                        .has("/limits/maxCollateralPercent", 2.0);
        site.put("services/x", made.body()).is(200).hasEtag(3);
        assertThat(site.get("services/x").json()).isEqualTo(made.json());
        site.put("services/x", "{%s, 'limits': {}}".formatted(plain)).hasEtag(4).hasNo("/limits");
        site.put("services/x", "{%s}".formatted(plain)).is(200).hasEtag(4);
        for (String wrong : new String[] {"-1", "100.5", "'2'", "true"}) {
            site.put(
                            "services/x",
                            "{%s, 'limits': {'maxCollateralPercent': %s}}".formatted(plain, wrong))
                    .isProblem(400, "limits.maxCollateralPercent");
        }
        site.put("services/x", "{%s, 'limits': {'cliffPercent': 5}}".formatted(plain))
                .isProblem(400, "limits.cliffPercent");
        site.put("services/x", "{%s, 'limits': 2}".formatted(plain)).isProblem(400, "limits");
    }

    @Test
    void aReplacementIsOneRevisionWhateverItMoves() {
        SiteOfATest site = siteWithVip();
        site.put("vips/other", "{}").is(201);
        site.put("services/shop", SHOP).is(201);

        site.put(
                        "services/shop",
                        "{'vip': 'other', 'ports': [{'protocol': 'UDP', 'port': 53}, {'protocol': 'TCP', 'port': 443}]}")
                .is(200)
                .hasEtag(5)
                .has("/ports/0/protocol", "UDP")
                .hasNo("/allowedSources")
                .hasNo("/healthCheck")
                .hasNo("/owner");
        site.delete("vips/shop").is(204);
        site.delete("vips/other").isProblem(409).says("service shop");
    }

    @Test
    void twoServicesNeverClaimTheSamePort() {
        SiteOfATest site = siteWithVip();
        site.put("services/shop", SHOP).is(201);

        site.put("services/api", "{'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 443}]}")
                .isProblem(409, "ports[0]")
                .says("TCP 443", "service shop");
        site.put("services/api", "{'vip': 'shop', 'ports': [{'protocol': 'UDP', 'port': 443}]}")
                .is(201);
        site.delete("services/shop").is(204);
        site.put("services/api", "{'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 443}]}")
                .is(200);
    }

    @Test
    void theDatabaseItselfKeepsThemApart() {
        SiteOfATest site = siteWithVip();
        site.put("services/shop", SHOP).is(201);
        site.put("services/api", "{'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 80}]}")
                .is(201);

        assertThatThrownBy(() ->
                        jdbc.sql(
                                        """
                                        update service_port set port = 443 where port = 80 and service_id in
                                        (select s.id from service s join lineage l on l.id = s.site_id
                                         where l.site = :site)
                                        """)
                                .param("site", site.name())
                                .update())
                .isInstanceOf(DataIntegrityViolationException.class)
                .hasMessageContaining("service_port_claimed_once");
    }

    @Test
    void whatIsWrongIsNamed() {
        SiteOfATest site = siteWithVip();
        String ports = "'ports': [{'protocol': 'TCP', 'port': 80}]";

        site.put("services/x", "{" + ports + "}").isProblem(400, "vip");
        site.put("services/x", "{'vip': 'none', " + ports + "}").isProblem(400, "vip");
        site.put("services/x", "{'vip': 'shop'}").isProblem(400, "ports");
        site.put("services/x", "{'vip': 'shop', 'ports': []}").isProblem(400, "ports");
        site.put("services/x", "{'vip': 'shop', 'ports': [null]}").isProblem(400, "ports[0]");
        site.put("services/x", "{'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 0}]}")
                .isProblem(400, "ports[0].port");
        site.put("services/x", "{'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': '80'}]}")
                .isProblem(400, "ports[0].port");
        site.put("services/x", "{'vip': 'shop', 'ports': [{'protocol': 'SCTP', 'port': 80}]}")
                .isProblem(400, "ports[0].protocol");
        site.put("services/x", "{'vip': 'shop', 'allowedSources': [], " + ports + "}")
                .isProblem(400, "allowedSources");
        site.put("services/x", "{'vip': 'shop', 'allowedSources': ['::/0'], " + ports + "}")
                .isProblem(400, "allowedSources[0]");
        site.put("services/x", "{'vip': 'shop', 'allowedSources': ['10.0.0.1/8'], " + ports + "}")
                .isProblem(400, "allowedSources[0]");
        site.put("services/x", "{'vip': 'shop', 'healthCheck': {}, " + ports + "}")
                .isProblem(400, "healthCheck.kind");
        site.put(
                        "services/x",
                        "{'vip': 'shop', 'healthCheck': {'kind': 'TCP', 'fall': 0}, " + ports + "}")
                .isProblem(400, "healthCheck.fall");
        site.put("services/x", "{'vip': 'shop', 'wieght': 1, " + ports + "}")
                .isProblem(400, "wieght");
        site.get("services/x").isProblem(404);
        site.get("revisions").has("/items/0/revision", 2);
    }

    @Test
    void listsAreFilteredAndPaged() {
        SiteOfATest site = siteWithVip();
        for (int port = 1; port <= 3; port++) {
            site.put(
                            "services/s" + port,
                            "{'vip': 'shop', 'owner': 'o%d', 'ports': [{'protocol': 'TCP', 'port': %d}]}"
                                    .formatted(port % 2, port))
                    .is(201);
        }

        assertThat(site.get("services?limit=2").is(200).has("/next", "s2").each("/name"))
                .containsExactly("s1", "s2");
        assertThat(site.get("services?after=s2").hasNo("/next").each("/name"))
                .containsExactly("s3");
        assertThat(site.get("services?owner=o1").each("/name")).containsExactly("s1", "s3");
        assertThat(site.get("services?vip=shop").each("/name")).hasSize(3);
        site.get("services?limit=0").isProblem(400, "limit");
    }
}
