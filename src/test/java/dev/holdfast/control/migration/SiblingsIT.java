package dev.holdfast.control.migration;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.WithControlPlane;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/// Two services on one VIP: routers send the packets of both to whoever announces it.
@WithControlPlane
class SiblingsIT {

    private static final String SHOP_TLS =
            "{'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 443}]}";

    @Autowired private Api api;
    private ShopBeingMoved shop;

    @BeforeEach
    void aServiceAtLegacy() {
        shop = ShopBeingMoved.with(api, 2);
        shop.to("LEGACY").is(200).has("/forwards", false);
    }

    private Answer sibling(String stage) {
        return shop.site().put("services/tls/migration", "{'stage': '%s'}".formatted(stage));
    }

    @Test
    void aServiceAtLegacyIsForwardedWhileASiblingIsAnnounced() {
        long before = shop.revision();

        shop.site().put("services/tls", SHOP_TLS).is(201).hasEtag(before + 1);

        shop.migration().hasEtag(before + 1).has("/forwards", true).has("/realPercent", 0);
        JsonNode told = shop.desired("shop");
        assertThat(told.get("announce").asBoolean()).isFalse();
        assertThat(told.get("destinations").valueStream())
                .hasSize(2)
                .allMatch(one -> !one.has("host") && one.get("serving").asBoolean());
        Answer explained = shop.site().get("services/shop/explain?client=192.0.2.7:4711").is(200);
        explained.has("/side", "LEGACY").has("/backend", "");
        assertThat(explained.at("/sentence")).contains("old load balancer", "LEGACY");

        shop.to("SHADOW").is(200);
        assertThat(shop.desired("shop").get("destinations").valueStream())
                .hasSize(4)
                .allMatch(one -> one.has("host") != one.get("serving").asBoolean());
        shop.site()
                .get("services/shop/explain?client=192.0.2.7:4711")
                .is(200)
                .has("/side", "LEGACY");

        sibling("SHADOW").is(200);
        shop.migration().has("/forwards", false);
        assertThat(shop.desired("shop").get("destinations")).hasSize(2);
        sibling("LIVE").is(200);
        shop.to("LEGACY").is(200);

        shop.site().delete("services/tls").is(204);
        shop.migration().has("/forwards", false);
        assertThat(shop.desired("shop").isMissingNode()).isTrue();
        assertThat(shop.site().get("revisions/" + shop.revision()).at("/summary"))
                .contains("migration shop set", "service tls removed");
    }

    @Test
    void nobodyIsAnnouncedBesideAServiceWhosePacketsWouldBeLost() {
        shop.put("'stage': 'LEGACY'").is(200);
        long before = shop.revision();

        shop.site()
                .put("services/tls", SHOP_TLS)
                .isProblem(409)
                .says("service shop", "LEGACY", "legacyHosts");

        assertThat(shop.revision()).isEqualTo(before);
        shop.to("LEGACY").is(200);
        shop.site().put("services/tls", SHOP_TLS).is(201);
        shop.put("'stage': 'LEGACY'").isProblem(409).says("legacyHosts");
        sibling("LEGACY").is(200);
        shop.put("'stage': 'LEGACY'").is(200);
        sibling("SHADOW").is(200);
        sibling("LIVE").isProblem(409).says("service shop");
    }

    @Test
    void aServiceThatMovesToAnotherVipTakesItsPacketsAlong() {
        shop.site().put("vips/other", "{'address': '198.51.100.2'}").is(201);
        shop.site().put("services/tls", SHOP_TLS.replace("'shop'", "'other'")).is(201);
        shop.migration().has("/forwards", false);

        shop.site().put("services/tls", SHOP_TLS).is(200);
        shop.migration().has("/forwards", true);

        shop.site().put("services/tls", SHOP_TLS.replace("'shop'", "'other'")).is(200);
        shop.migration().has("/forwards", false);
    }

    @Test
    void twoServicesMayBeMovedFromTheSameOldLoadBalancers() {
        shop.to("SHADOW").is(200);
        shop.site().put("services/tls", SHOP_TLS).is(201);
        shop.site().put("services/tls/backends/be1", "{}").is(201);

        shop.site()
                .put(
                        "services/tls/migration",
                        "{'stage': 'CANARY', 'percent': 10, 'legacyHosts': [%s]}"
                                .formatted(ShopBeingMoved.OLD))
                .is(200);

        shop.canary("5").is(200).has("/forwards", false);
    }
}
