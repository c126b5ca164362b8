package dev.holdfast.control.address;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@WithControlPlane
class VipIT {

    @Autowired private Api api;

    @Test
    void anAddressIsAllocatedAndKept() {
        SiteOfATest site = api.newSite();

        site.put("vips/shop", "{}").is(201).has("/address", "198.51.100.1").hasEtag(2);
        site.put("vips/shop", "{}").is(200).has("/address", "198.51.100.1").hasEtag(2);
        site.put("vips/api", "{'family': 'IPV6'}").is(201).has("/address", "2001:db8:100::1");
        site.put("vips/api", "{'family': 'IPV6'}").is(200).has("/family", "IPV6").hasEtag(3);
    }

    @Test
    void anAddressThatIsGivenBackIsFreeAgain() {
        SiteOfATest site = api.newSite();
        site.put("vips/a", "{}").has("/address", "198.51.100.1");
        site.put("vips/b", "{}").has("/address", "198.51.100.2");

        site.delete("vips/a").is(204).hasEtag(4);

        site.put("vips/c", "{}").is(201).has("/address", "198.51.100.1");
        site.put("vips/d", "{}").is(201).has("/address", "198.51.100.3");
    }

    @Test
    void whatAGetShowsCanBePutBack() {
        SiteOfATest site = api.newSite();
        var shown = site.put("vips/shop", "{'address': '198.51.100.9'}").is(201);

        site.put("vips/shop", shown.body()).is(200).hasEtag(2);
        assertThat(site.get("vips/shop").is(200).json()).isEqualTo(shown.json());
    }

    @Test
    void addressesOutsideTheSiteOrOfAnotherAreRefused() {
        SiteOfATest site = api.newSite();
        site.put("vips/shop", "{'address': '198.51.100.9'}").is(201);

        site.put("vips/x", "{'address': '192.0.2.1'}")
                .isProblem(400, "address")
                .says("198.51.100.0/24");
        site.put("vips/x", "{'address': '198.51.100.9'}")
                .isProblem(409, "address")
                .says("VIP shop");
        site.put("vips/x", "{'address': '198.51.100.8', 'family': 'IPV6'}")
                .isProblem(400, "family");
        site.put("vips/x", "{'address': '198.51.100.300'}").isProblem(400, "address");
        site.put("vips/x", "{'adress': '198.51.100.8'}").isProblem(400, "adress");
        site.put("vips/x", "{'name': 'y'}").isProblem(400, "name");
        site.get("vips/x").isProblem(404);
    }

    @Test
    void aFullRangeIsSaid() {
        SiteOfATest site = api.newSite("{'vipRanges': ['198.51.100.0/30']}");
        site.put("vips/a", "{}").is(201).has("/address", "198.51.100.1");
        site.put("vips/b", "{}").is(201).has("/address", "198.51.100.2");

        site.put("vips/c", "{}").isProblem(409, "address").says("198.51.100.0/30");
        site.put("vips/c", "{'family': 'IPV6'}").isProblem(400, "family");
    }

    @Test
    void aRangeThatHoldsVipsCannotGo() {
        SiteOfATest site = api.newSite();
        site.put("vips/shop", "{}").is(201);

        api.put(site.path(), "{'vipRanges': ['192.0.2.0/24']}").isProblem(409).says("VIP shop");
        api.delete(site.path()).isProblem(409).says("VIP shop");
    }
}
