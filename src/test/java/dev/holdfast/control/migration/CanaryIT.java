package dev.holdfast.control.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.WithControlPlane;
import dev.holdfast.control.explain.Explainer;
import dev.holdfast.wire.Explanation;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// The share that is told is the share that flows get.
@WithControlPlane
class CanaryIT {

    private static final int FLOWS = 4_000;
    private static final int FLOWS_BY_REST = 40;
    private static final long SEED = 20_261_125;

    @Autowired private Api api;
    @Autowired private Explainer explainer;

    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(SEED);

    private String client() {
        return "%d.%d.%d.%d:%d"
                .formatted(
                        random.nextInt(1, 127),
                        random.nextInt(256),
                        random.nextInt(256),
                        random.nextInt(1, 255),
                        random.nextInt(1024, 65_536));
    }

    @Test
    void eachOf4000FlowsIsOnTheSideThatTheTableSays() {
        ShopBeingMoved shop = ShopBeingMoved.with(api, 4);
        Answer canary = shop.canary("25").is(200);
        double real = Double.parseDouble(canary.at("/realPercent"));
        assertThat(real).isCloseTo(25, within(0.5));
        ShopBeingMoved.Known known = shop.table();

        int backends = 0;
        for (int i = 0; i < FLOWS; i++) {
            String client = client();
            String wanted = host(known, client);
            Explanation explained =
                    explainer.explain(
                            shop.site().name(),
                            "shop",
                            new Explainer.Question(client, null, null, null));

            assertThat(explained.backend() == null ? "" : explained.backend())
                    .as("seed %d: %s", SEED, explained.sentence())
                    .isEqualTo(wanted);
            assertThat(explained.side())
                    .isEqualTo(
                            wanted.isEmpty() ? Explanation.Side.LEGACY : Explanation.Side.BACKENDS);
            backends += wanted.isEmpty() ? 0 : 1;
        }
        assertThat(100.0 * backends / FLOWS).as("seed %d", SEED).isCloseTo(real, within(2.5));
    }

    @Test
    void explainKnowsTheSideAtEveryRevisionOfTheMigration() {
        ShopBeingMoved shop = ShopBeingMoved.with(api, 3);
        long live = shop.revision();
        long legacy = shop.to("LEGACY").is(200).etag();
        long shadow = shop.to("SHADOW").is(200).etag();
        long five = shop.canary("5").is(200).etag();
        ShopBeingMoved.Known tableOfFive = shop.table();
        long half = shop.canary("50").is(200).etag();
        ShopBeingMoved.Known tableOfHalf = shop.table();
        shop.site().delete("services/shop/backends/be2").is(204);
        shop.put("'stage': 'LIVE'").is(200);

        for (int i = 0; i < FLOWS_BY_REST; i++) {
            String client = client();
            explained(shop, client, live).has("/side", "BACKENDS");
            explained(shop, client, shadow).has("/side", "BACKENDS");
            explained(shop, client, five).has("/backend", host(tableOfFive, client));
            explained(shop, client, half).has("/backend", host(tableOfHalf, client));
            assertThat(explained(shop, client, shop.revision()).at("/backend")).isIn("be1", "be3");
        }
        Answer gone = explained(shop, "192.0.2.1:4711", legacy);
        assertThat(gone.at("/sentence")).contains("nothing of service shop is here", "LEGACY");
        gone.has("/side", "").has("/destination", "");
        assertThat(explained(shop, "192.0.2.1:4711", shadow).at("/sentence"))
                .contains("not announced");
    }

    @Test
    void aShareThatTheWeightsCannotMakeIsRefusedWithTheNearestTwo() {
        ShopBeingMoved shop = ShopBeingMoved.with(api, 5);
        String one = "'stage': 'CANARY', 'percent': %s, 'legacyHosts': ['10.4.1.2']";

        Answer refused = shop.put(one.formatted("5")).isProblem(422, "percent");

        refused.has("/found", 5);
        assertThat(refused.at("/expected")).contains("0 (SHADOW) or 7.33");
        shop.migration().has("/stage", "LIVE");
        shop.put(one.formatted("7.33")).is(200);
        // More old load balancers carry more: 48 + 47 of 100.
        Answer two = shop.canary("5").is(200);
        assertThat(Double.parseDouble(two.at("/realPercent"))).isCloseTo(5, within(0.5));
        shop.canary("99.999").isProblem(422, "percent").says("or 100 (LIVE)");
    }

    @Test
    void theShareIsHeldWhenBackendsJoinAndLeave() {
        ShopBeingMoved shop = ShopBeingMoved.with(api, 3);
        shop.canary("20").is(200);

        shop.join(4);
        shop.join(5);

        assertThat(real(shop)).isCloseTo(20, within(0.5));
        shop.site().put("services/shop/backends/be1", "{'weight': 4}").is(200);
        assertThat(real(shop)).isCloseTo(20, within(0.5));
        shop.site().delete("services/shop/backends/be1").is(204);
        shop.site().delete("services/shop/backends/be2").is(204);
        assertThat(real(shop)).isCloseTo(20, within(0.5));
    }

    @Test
    void aDrainMovesNobodyElseAndTheRealShareSaysWhatItDoes() {
        ShopBeingMoved shop = ShopBeingMoved.with(api, 4);
        shop.canary("50").is(200);
        int[] before = shop.table().table().owners();

        shop.site().put("services/shop/backends/be1", "{'adminState': 'DRAINING'}").is(200);

        assertThat(shop.table().table().owners()).isEqualTo(before);
        assertThat(real(shop)).isCloseTo(100 * 3.0 / 7, within(1.0));
        shop.migration().has("/percent", 50);
    }

    private static double real(ShopBeingMoved shop) {
        return Double.parseDouble(shop.migration().at("/realPercent"));
    }

    private static Answer explained(ShopBeingMoved shop, String client, long revision) {
        return shop.site()
                .get("services/shop/explain?client=%s&revision=%d".formatted(client, revision))
                .is(200);
    }

    private static String host(ShopBeingMoved.Known known, String client) {
        int colon = client.indexOf(':');
        return known.host(
                client.substring(0, colon), Integer.parseInt(client.substring(colon + 1)));
    }
}
