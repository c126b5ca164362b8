package dev.holdfast.control.host;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@WithControlPlane
class HostIT {

    private static final String FOU =
            """
            {'vipRanges': ['198.51.100.0/24'], 'tunnelRanges': ['203.0.113.0/30'],
             'encapsulation': {'kind': 'FOU'}}\
            """;

    @Autowired private Api api;

    @Test
    void aHostGetsTheLowestFreeTunnelAddressOfEachFamily() {
        SiteOfATest site = api.newSite();

        site.put("hosts/be1", "{'address': '10.3.1.2'}")
                .is(201)
                .has("/tunnelAddresses", "[\"203.0.113.1\",\"2001:db8:200::1\"]");
        site.put("hosts/be2", "{'address': '10.3.2.2'}")
                .has("/tunnelAddresses", "[\"203.0.113.2\",\"2001:db8:200::2\"]");

        site.delete("hosts/be1").is(204);
        site.put("hosts/be3", "{'address': '10.3.3.2'}")
                .has("/tunnelAddresses", "[\"203.0.113.1\",\"2001:db8:200::1\"]");
    }

    @Test
    void aHostThatMovesKeepsItsTunnelAddress() {
        SiteOfATest site = api.newSite();
        Answer made = site.put("hosts/be1", "{'address': '10.3.1.2'}").is(201);

        site.put("hosts/be1", "{'address': '10.3.1.3'}")
                .is(200)
                .has("/address", "10.3.1.3")
                .has("/tunnelAddresses", made.at("/tunnelAddresses"));
        assertThat(site.put("hosts/be1", site.get("hosts/be1").body()).etag()).isEqualTo(3);
    }

    @Test
    void aFullTunnelRangeIsSaidToBeFull() {
        SiteOfATest site = api.newSite(FOU);
        site.put("hosts/be1", "{'address': '10.3.1.2'}").has("/tunnelAddresses/0", "203.0.113.1");
        site.put("hosts/be2", "{'address': '10.3.2.2'}").has("/tunnelAddresses/0", "203.0.113.2");

        site.put("hosts/be3", "{'address': '10.3.3.2'}")
                .isProblem(409, "tunnelAddresses")
                .says("203.0.113.0/30");
        site.get("hosts/be3").isProblem(404);
    }

    @Test
    void hostsThatAreThereGetTunnelAddressesWhenTheSiteGetsRanges() {
        SiteOfATest site = api.newSite("{'vipRanges': ['198.51.100.0/24']}");
        site.put("hosts/be1", "{'address': '10.3.1.2'}").has("/tunnelAddresses", "[]");

        api.put(site.path(), FOU).is(200).hasEtag(3);

        site.get("hosts/be1").hasEtag(3).has("/tunnelAddresses", "[\"203.0.113.1\"]");
    }

    @Test
    void tunnelRangesInUseCannotGo() {
        SiteOfATest site = api.newSite(FOU);
        site.put("hosts/be1", "{'address': '10.3.1.2'}").is(201);

        api.put(site.path(), FOU.replace("203.0.113.0/30", "192.0.2.0/24"))
                .isProblem(409)
                .says("tunnelRanges", "host be1");
        site.get("hosts/be1").hasEtag(2).has("/tunnelAddresses/0", "203.0.113.1");
    }

    @Test
    void tunnelRangesThatNothingRunsThroughCanMove() {
        SiteOfATest site = api.newSite();
        site.put("hosts/be1", "{'address': '10.3.1.2'}").is(201);
        site.put("hosts/be2", "{'address': '10.3.2.2'}").is(201);

        api.put(
                        site.path(),
                        "{'vipRanges': ['198.51.100.0/24'], 'tunnelRanges': ['203.0.113.2/31']}")
                .is(200);

        // be2 keeps what still fits, be1 takes the other.
        site.get("hosts/be2").has("/tunnelAddresses", "[\"203.0.113.2\"]");
        site.get("hosts/be1").has("/tunnelAddresses", "[\"203.0.113.3\"]");
    }

    @Test
    void aSiteCannotSwallowItsHosts() {
        SiteOfATest site = api.newSite();
        site.put("hosts/be1", "{'address': '10.3.1.2'}").is(201);

        api.put(site.path(), "{'vipRanges': ['10.3.0.0/16']}").isProblem(409).says("host be1");
        api.delete(site.path()).isProblem(409).says("host be1");
    }
}
