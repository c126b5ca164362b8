package dev.holdfast.control.desired;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import dev.holdfast.control.revision.Edit;
import dev.holdfast.control.revision.Kind;
import dev.holdfast.control.revision.Revisions;
import dev.holdfast.control.revision.WriteConditions;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/// A site of 1,000 services × 10 backends: a change costs a delta of what changed.
@WithControlPlane
class LargeSiteIT {

    private static final int SERVICES = 1_000;
    private static final int BACKENDS = 10;
    private static final int HOSTS = 100;

    @Autowired private Api api;
    @Autowired private Revisions revisions;
    @Autowired private JdbcClient jdbc;

    @Test
    void oneMorePutCostsADeltaOfThatOneService() throws Exception {
        SiteOfATest site = largeSite();
        String path = "/agent/v1/sites/" + site.name() + "/nodes/lb1/desired-state";
        Answer full = api.get(path).is(200).has("/full", true);
        Reading reading = Reading.ofNode().take(full.body());
        assertThat(full.json().get("services").size()).isEqualTo(SERVICES);
        CompletableFuture<Answer> parked =
                CompletableFuture.supplyAsync(
                        () -> api.get(path + "?wait=60&after=" + reading.revision()));
        Thread.sleep(500);

        long before = System.nanoTime();
        site.put("services/s7/backends/h70", "{'weight': 5}").is(200);
        Answer delta = parked.get().is(200);
        double millis = (System.nanoTime() - before) / 1e6;

        delta.has("/full", false).has("/services/0/name", "s7").hasNo("/services/1");
        delta.hasNo("/hosts").hasNo("/nodes").hasNo("/vipRanges").hasNo("/removed");
        reading.take(delta.body());
        assertThat(reading.everything())
                .isEqualTo(Reading.ofNode().take(api.get(path).body()).everything());
        assertThat(delta.body().length()).isLessThan(2_000);
        System.out.printf(
                "%d services x %d backends: full state %d bytes, %d compressed; one PUT: a delta of"
                        + " %d bytes, %.1f ms after the PUT was sent%n",
                SERVICES,
                BACKENDS,
                full.body().length(),
                compressedBytes(api.server() + path, full),
                delta.body().length(),
                millis);
    }

    /// Also checks that it is the same.
    private static int compressedBytes(String url, Answer plain) throws Exception {
        HttpRequest request =
                HttpRequest.newBuilder(URI.create(url))
                        .header("Authorization", "Bearer token-of-the-admin-in-tests")
                        .header("Accept-Encoding", "gzip")
                        .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<byte[]> answer =
                    client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
            byte[] body =
                    new GZIPInputStream(new ByteArrayInputStream(answer.body())).readAllBytes();
            assertThat(body.length)
                    .isCloseTo(plain.body().length(), org.assertj.core.data.Offset.offset(100));
            return answer.body().length;
        }
    }

    /// Written past the features, which would take minutes, but through the one door.
    private SiteOfATest largeSite() {
        SiteOfATest site = api.newSite("{'vipRanges': ['10.64.0.0/16']}");
        site.put("nodes/lb1", "{'address': '10.2.1.2'}").is(201);
        revisions.advance(site.name(), WriteConditions.NONE, this::fill);
        return site;
    }

    private long fill(Edit edit) {
        for (int i = 0; i < SERVICES * BACKENDS; i++) {
            edit.takeOrdinal();
        }
        String[] statements = {
            """
            insert into host (site_id, name, address, revision)
            select :site, 'h' || i, '10.1.0.1'::inet + i, :revision
            from generate_series(0, :hosts - 1) i
            """,
            """
            insert into vip (site_id, name, address, revision)
            select :site, 'v' || i, '10.64.0.1'::inet + i, :revision
            from generate_series(0, :services - 1) i
            """,
            """
            insert into service (site_id, name, vip_id, affinity, revision, state_revision)
            select :site, 's' || substr(name, 2), id, 'CONNECTION', :revision, :revision
            from vip where site_id = :site
            """,
            """
            insert into service_port (service_id, position, vip_id, protocol, port)
            select id, 0, vip_id, 'TCP', 443 from service where site_id = :site
            """,
            """
            insert into backend
                (site_id, service_id, host_id, weight, admin_state, serving, ordinal, revision)
            select :site, s.id, h.id, 1, 'ENABLED', true, row_number() over (), :revision
            from service s
            cross join generate_series(0, :backends - 1) i
            join host h on h.site_id = :site
                and h.name = 'h' || (substr(s.name, 2)::int * :backends + i) % :hosts
            where s.site_id = :site
            """
        };
        Map<String, ?> given =
                Map.of(
                        "site", edit.siteId(),
                        "revision", edit.next(),
                        "hosts", HOSTS,
                        "services", SERVICES,
                        "backends", BACKENDS);
        for (String statement : statements) {
            jdbc.sql(statement).params(given).update();
        }
        edit.changed(Kind.SERVICE, "s0", Map.of("and", "all others"));
        return edit.next();
    }
}
