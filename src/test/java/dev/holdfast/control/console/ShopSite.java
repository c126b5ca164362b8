package dev.holdfast.control.console;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;

/// A small data centre to look at: three load balancers, four hosts, and the service `shop` on all
/// of them. Its machines report when they are told to.
final class ShopSite {

    private static final AtomicInteger MADE = new AtomicInteger();

    private final Api api;
    private final SiteOfATest site;
    private final Map<String, String> tokens = new HashMap<>();

    private ShopSite(Api api, SiteOfATest site) {
        this.api = api;
        this.site = site;
    }

    static ShopSite make(Api api) {
        String name = "fra" + MADE.incrementAndGet(); // short: it is in pictures
        api.put("/api/v1/sites/" + name, "{'vipRanges': ['198.51.100.0/24']}").is(201);
        ShopSite shop = new ShopSite(api, new SiteOfATest(api, name));
        for (int i = 1; i <= 3; i++) {
            shop.machine("nodes/lb" + i, "10.2." + i + ".2");
        }
        for (int i = 1; i <= 4; i++) {
            shop.machine("hosts/web" + i, "10.3." + i + ".2");
        }
        shop.site.put("vips/storefront", "{'address': '198.51.100.7'}").is(201);
        shop.site
                .put(
                        "services/shop",
                        """
                        {'vip': 'storefront', 'owner': 'team-shop',
                         'ports': [{'protocol': 'TCP', 'port': 443},
                                   {'protocol': 'TCP', 'port': 80}]}\
                        """)
                .is(201);
        for (int i = 1; i <= 4; i++) {
            shop.site.put("services/shop/backends/web" + i, "{'weight': 1}").is(201);
        }
        return shop;
    }

    String name() {
        return site.name();
    }

    SiteOfATest site() {
        return site;
    }

    long revision() {
        return Long.parseLong(site.get("status").at("/revision"));
    }

    /// All machines say that they run the newest revision, with equal tables.
    ShopSite allInStep() {
        for (String machine : tokens.keySet()) {
            inStep(machine);
        }
        return this;
    }

    void inStep(String machine) {
        report(
                machine,
                """
                {'epoch': '%s', 'revision': %d,
                 'tables': [{'service': 'shop', 'digest': '5e1f', 'slots': 4093}]}\
                """
                        .formatted(site.get("status").at("/epoch"), revision()));
    }

    void report(String machine, String json) {
        Answer answer =
                api.as(Objects.requireNonNull(tokens.get(machine)))
                        .post("/agent/v1/sites/" + name() + "/" + machine + "/report", json);
        answer.is(204);
    }

    private void machine(String path, String address) {
        site.put(path, "{'address': '" + address + "'}").is(201);
        tokens.put(path, site.post(path + "/token", "").is(200).at("/token"));
    }
}
