package dev.holdfast.control.site;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@WithControlPlane
class SiteIT {

    @Autowired private Api api;

    @Test
    void aNewSiteHasTheDefaultsAndRevisionOne() {
        String path = "/api/v1/sites/" + Api.freshName("site");

        Answer made = api.put(path, "{'vipRanges': ['198.51.100.0/24']}").is(201).hasEtag(1);

        made.has("/vipRanges/0", "198.51.100.0/24")
                .has("/tunnelRanges", "[]")
                .has("/encapsulation/kind", "GUE")
                .has("/encapsulation/port", 6080)
                .has("/underlayMtu", 1500)
                .has("/limits/cliffPercent", 50)
                .hasNo("/limits/maxCollateralPercent")
                .has("/revision", 1);
        assertThat(api.get(path).is(200).hasEtag(1).json()).isEqualTo(made.json());
    }

    @Test
    void whatAGetShowsCanBePutBackAndMakesNoRevision() {
        SiteOfATest site = api.newSite();
        Answer shown = api.get(site.path());

        api.put(site.path(), shown.body()).is(200).hasEtag(1);

        assertThat(api.get(site.path()).json()).isEqualTo(shown.json());
    }

    @Test
    void aChangeMakesTheNextRevision() {
        SiteOfATest site = api.newSite();

        api.put(site.path(), "{'vipRanges': ['198.51.100.0/24'], 'limits': {'cliffPercent': 20}}")
                .is(200)
                .hasEtag(2)
                .has("/limits/cliffPercent", 20);
    }

    @Test
    void writesHappenOnlyUnderTheirConditions() {
        SiteOfATest site = api.newSite();
        String other = "{'vipRanges': ['198.51.100.0/24', '192.0.2.0/24']}";

        api.put(site.path(), other, "If-Match", "\"7\"")
                .isProblem(412, "If-Match")
                .says("is at revision 1", "expected: revision 7");
        api.put(site.path(), other, "If-None-Match", "*").isProblem(412, "If-None-Match");
        api.put("/api/v1/sites/" + Api.freshName("none"), other, "If-Match", "*").isProblem(412);
        api.delete(site.path(), "If-Match", "\"2\"").isProblem(412);
        api.get(site.path()).hasEtag(1);

        api.put(site.path(), other, "If-Match", "\"1\"").is(200).hasEtag(2);
        api.delete(site.path(), "If-Match", "\"2\"").is(204);
    }

    @Test
    void aReaderWhoHasItAlreadyIsTold() {
        SiteOfATest site = api.newSite();

        assertThat(api.get(site.path(), "If-None-Match", "\"1\"").is(304).body()).isEmpty();
        api.get(site.path(), "If-None-Match", "\"0\"").is(200);
    }

    @Test
    void aDeletedSiteIsGoneAndOneMadeAgainHasAnotherEpoch() {
        SiteOfATest site = api.newSite();
        String epoch = api.get(site.path()).at("/epoch");

        api.delete(site.path()).is(204).hasEtag(2);

        api.get(site.path()).isProblem(404).says("there is no site " + site.name());
        api.delete(site.path()).isProblem(404);
        Answer again = api.put(site.path(), "{'vipRanges': ['198.51.100.0/24']}").is(201);
        assertThat(again.at("/epoch")).isNotEqualTo(epoch);
        again.hasEtag(1);
    }

    @Test
    void everythingThatIsWrongIsSaidAtOnce() {
        Answer refused =
                api.put(
                                "/api/v1/sites/" + Api.freshName("bad"),
                                """
                                {'vipRanges': ['10.0.0.0/7', '10.0.0.0/24', '10.0.0.0/25'],
                                 'encapsulation': {'kind': 'FOU', 'port': 65535},
                                 'underlayMtu': 1279,
                                 'limits': {'cliffPercent': 0, 'maxCollateralPercent': 101}}
                                """)
                        .isProblem(400, "vipRanges[0]");

        assertThat(refused.json().at("/errors").valueStream().map(e -> e.at("/field").asString()))
                .contains(
                        "vipRanges[1]",
                        "vipRanges[2]",
                        "tunnelRanges",
                        "encapsulation.port",
                        "underlayMtu",
                        "limits.cliffPercent",
                        "limits.maxCollateralPercent");
    }

    @Test
    void theUnderlayTakesFrom1280To9000Bytes() {
        SiteOfATest site = api.newSite();
        String body = "{'vipRanges': ['198.51.100.0/24'], 'underlayMtu': %d}";

        api.put(site.path(), body.formatted(9001))
                .isProblem(400, "underlayMtu")
                .says("9001", "expected: a whole number from 1280 to 9000");
        api.put(site.path(), body.formatted(9000)).is(200).hasEtag(2).has("/underlayMtu", 9000);
        api.put(site.path(), body.formatted(1280)).is(200).hasEtag(3).has("/underlayMtu", 1280);
        api.get(site.path() + "/revisions/3").has("/changes/0/before/underlayMtu", 9000);
        api.put(site.path(), "{'vipRanges': ['198.51.100.0/24']}").has("/underlayMtu", 1500);
    }

    @Test
    void encapsulationsThatAreAcceptedShareNoPort() {
        String site =
                """
                {'vipRanges': ['198.51.100.0/24'], 'encapsulation': {'kind': 'GUE', 'port': 7000},
                 'accepts': [%s]}\
                """;
        String path = api.newSite().path();

        Answer made =
                api.put(
                                path,
                                site.formatted(
                                        "{'kind': 'FOU'}, {}, {'kind': 'IPIP'}, {'port': 7000}"))
                        .is(200)
                        .has("/accepts/0", "{\"kind\":\"FOU\",\"port\":5555}")
                        .has("/accepts/1/port", 6080)
                        .has("/accepts/2", "{\"kind\":\"IPIP\"}")
                        .has("/accepts/3/port", 7000);
        api.put(path, made.body()).is(200).hasEtag(made.etag());
        api.put(path, site.formatted("{'kind': 'FOU', 'port': 6999}"))
                .isProblem(400, "accepts[0].port")
                .says("UDP port 7000 is that of GUE on port 7000 already");
        api.put(path, site.formatted("{'port': 5554}, {'kind': 'FOU'}"))
                .isProblem(400, "accepts[1].port");
        api.put(path, site.formatted("{'port': 65534}")).isProblem(400, "accepts[0].port");
        api.put(path, site.formatted("{'kind': 'IPIP', 'port': 1}"))
                .isProblem(400, "accepts[0].port");
        api.put(path, site.formatted("null")).isProblem(400, "accepts[0]");
        api.put(path, site.formatted("{}, {}, {}, {}, {}")).isProblem(400, "accepts");
        api.put(path, site.formatted("{'kind': 'VXLAN'}")).isProblem(400, "accepts[0].kind");
    }

    @Test
    void aListShowsPagesInTheOrderOfNames() {
        String a = Api.freshName("page-a");
        String b = Api.freshName("page-b");
        for (String name : new String[] {b, a}) {
            api.put("/api/v1/sites/" + name, "{'vipRanges': ['198.51.100.0/24']}").is(201);
        }

        Answer first = api.get("/api/v1/sites?limit=1&after=page-a").is(200);
        assertThat(first.each("/name")).containsExactly(a);
        Answer second = api.get("/api/v1/sites?limit=1&after=" + first.at("/next")).is(200);

        assertThat(second.each("/name")).containsExactly(b);
        api.get("/api/v1/sites?limit=1001").isProblem(400, "limit");
    }

    @Test
    void anEtagIsARevisionAlsoForThoseWhoTakeCompressedAnswers() {
        SiteOfATest site = api.newSite();

        api.get(site.path(), "Accept-Encoding", "gzip").is(200).hasEtag(1);
    }
}
