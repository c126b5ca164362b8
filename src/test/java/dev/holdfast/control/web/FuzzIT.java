package dev.holdfast.control.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// Thousands of spoiled requests: no 5xx, and each is carried out whole or not at all.
@WithControlPlane
class FuzzIT {

    private static final int REQUESTS = 4000;

    /// Everything that is stored of a site, in one text.
    private static final String STORED =
            """
            select concat_ws('|', l.revision, l.next_ordinal,
                (select count(*) from revision r where r.site_id = l.id),
                (select md5(string_agg(t::text, ',')) from site t where t.id = l.id),
                (select md5(string_agg(t::text, ',' order by t.id)) from node t where site_id = l.id),
                (select md5(string_agg(t::text, ',' order by t.id)) from host t where site_id = l.id),
                (select md5(string_agg(t::text, ',' order by t.id)) from vip t where site_id = l.id),
                (select md5(string_agg(t::text, ',' order by t.id)) from service t where site_id = l.id),
                (select md5(string_agg(t::text, ',' order by t.id)) from backend t where site_id = l.id),
                (select md5(string_agg(p::text, ',' order by p.service_id, p.position))
                 from service_port p join service s on s.id = p.service_id where s.site_id = l.id))
            from lineage l where l.site = ?
            """;

    private record Target(String path, String body) {}

    @Autowired private Api api;
    @Autowired private JdbcClient jdbc;

    @Test
    void spoiledRequestsAreRefusedWholeOrCarriedOutWhole() {
        long seed = Long.getLong("holdfast.test.seed", 1);
        RandomGenerator random = new SplittableRandom(seed);
        SiteOfATest site = filledSite();
        List<Target> targets = targets(site);
        int refused = 0;
        for (int i = 0; i < REQUESTS; i++) {
            Target target = targets.get(random.nextInt(targets.size()));
            String body = Mutation.of(target.body(), random);
            String before = stored(site);

            Answer answer =
                    random.nextInt(20) == 0
                            ? api.delete(target.path())
                            : api.send("PUT", target.path(), BodyPublishers.ofString(body));

            String after = stored(site);
            String what = "seed " + seed + ", request " + i + ": " + body + "\n" + answer;
            assertThat(answer.status()).as(what).isLessThan(500);
            if (answer.status() >= 400) {
                answer.isProblem(answer.status());
                assertThat(after).as(what).isEqualTo(before);
                refused++;
            } else {
                long step = revision(after) - revision(before);
                assertThat(step).as(what).isBetween(0L, 1L);
                assertThat(step == 0).as(what).isEqualTo(after.equals(before));
            }
            if (answer.status() == 204) {
                targets.forEach(again -> api.put(again.path(), again.body()));
            }
        }
        // Both ways were walked.
        assertThat(refused).as("refused, seed %d", seed).isBetween(REQUESTS / 4, REQUESTS - 100);
    }

    private SiteOfATest filledSite() {
        SiteOfATest site = api.newSite();
        targets(site).forEach(target -> api.put(target.path(), target.body()));
        site.get("services/shop/backends/be1").is(200);
        return site;
    }

    /// In an order in which they can be made.
    private static List<Target> targets(SiteOfATest site) {
        return List.of(
                new Target(
                        site.path(),
                        """
                        {"vipRanges": ["198.51.100.0/24", "2001:db8:100::/64"],
                         "tunnelRanges": ["203.0.113.0/24", "2001:db8:200::/64"],
                         "encapsulation": {"kind": "GUE", "port": 6080},
                         "underlayMtu": 1500,
                         "limits": {"cliffPercent": 50, "maxCollateralPercent": 2.5}}\
                        """),
                new Target(site.path("nodes/lb1"), "{\"address\": \"10.2.1.2\"}"),
                new Target(site.path("hosts/be1"), "{\"address\": \"10.3.1.2\"}"),
                new Target(
                        site.path("vips/shop"),
                        "{\"address\": \"198.51.100.7\", \"family\": \"IPV4\"}"),
                new Target(
                        site.path("services/shop"),
                        """
                        {"vip": "shop", "ports": [{"protocol": "TCP", "port": 80},
                          {"protocol": "UDP", "port": 443}],
                         "affinity": "CLIENT_ADDRESS", "allowedSources": ["192.0.2.0/24"],
                         "healthCheck": {"kind": "HTTP", "port": 80, "path": "/", "expectStatus": 204,
                           "intervalSeconds": 5, "timeoutSeconds": 2, "rise": 2, "fall": 3},
                         "limits": {"maxCollateralPercent": 2.5},
                         "owner": "team"}\
                        """),
                new Target(
                        site.path("services/shop/backends/be1"),
                        "{\"weight\": 2, \"adminState\": \"ENABLED\"}"));
    }

    private String stored(SiteOfATest site) {
        return jdbc.sql(STORED)
                .param(site.name())
                .query((row, _) -> String.valueOf(row.getString(1)))
                .optional()
                .orElse("0|");
    }

    private static long revision(String stored) {
        return Long.parseLong(stored.substring(0, stored.indexOf('|')));
    }
}
