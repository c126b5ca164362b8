package dev.holdfast.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import dev.holdfast.lab.DataCentre;
import dev.holdfast.lab.Lab;
import dev.holdfast.lab.Machine;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// A load balancer that refuses to lose most of its services until a person means it, and says so
/// where people look (NO-CLIFF).
@Lab
@WithControlPlane
class CliffLabTest {

    private static final int SERVICES = 5;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @Autowired private Api api;

    @Test
    void aCliffIsRefusedUntilItIsMeant() {
        DataCentre dataCentre = DataCentre.named("cliff").loadBalancers(1).backends(1).build();
        Machine balancer = dataCentre.loadBalancer(1);
        SiteOfATest site =
                api.newSite(
                        "{'vipRanges': ['%s'], 'encapsulation': {'kind': 'GUE'}}"
                                .formatted(DataCentre.VIPS));
        Fleet fleet = new Fleet(dataCentre, site).join();
        for (int i = 1; i <= SERVICES; i++) {
            site.put("vips/v" + i, "{}").is(201);
            site.put("services/s" + i, service(i)).is(201);
            site.put("services/s" + i + "/backends/be1", "{}").is(201);
        }
        fleet.awaitLive();

        theCliff(site, fleet, balancer);
    }

    private static String service(int number) {
        return "{'vip': 'v%d', 'ports': [{'protocol': 'TCP', 'port': 80}]}".formatted(number);
    }

    private static void theCliff(SiteOfATest site, Fleet fleet, Machine balancer) {
        String forwarding = balancer.sh("ipvsadm -Sn");
        assertThat(forwarding.lines().filter(line -> line.startsWith("-A"))).hasSize(SERVICES);
        long live = Long.parseLong(site.get("status").is(200).at("/revision"));
        StringBuilder deletes = new StringBuilder();
        for (int i = 2; i <= SERVICES; i++) {
            deletes.append(deletes.isEmpty() ? "" : ", ")
                    .append("{'method': 'DELETE', 'path': 'services/s%d'}".formatted(i));
        }
        Answer gone = site.post("apply", "{'changes': [%s]}".formatted(deletes)).is(200);
        long refused = Long.parseLong(gone.at("/revision"));

        Answer status = await(site, "/nodes/0/refusedRevision", String.valueOf(refused));
        status.has("/nodes/0/appliedRevision", live);
        assertThat(status.at("/nodes/0/why"))
                .contains(
                        "would take away 4 of 5 services (",
                        "expected: at most 50 %",
                        "meant=true");
        assertThat(balancer.sh("ipvsadm -Sn")).isEqualTo(forwarding);

        site.put("services/s1?meant=true", service(1)).is(200);
        fleet.awaitLive().hasNo("/nodes/0/refusedRevision");
        assertThat(balancer.sh("ipvsadm -Sn").lines().filter(line -> line.startsWith("-A")))
                .hasSize(1);
    }

    private static Answer await(SiteOfATest site, String pointer, String value) {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            Answer status = site.get("status").is(200);
            if (status.at(pointer).equals(value)) {
                return status;
            }
            assertThat(Instant.now()).as("%s is not %s: %s", pointer, value, status).isBefore(end);
            Fleet.pause();
        }
    }
}
