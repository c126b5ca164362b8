package dev.holdfast.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import dev.holdfast.lab.Answers;
import dev.holdfast.lab.DataCentre;
import dev.holdfast.lab.Lab;
import dev.holdfast.lab.Machine;
import dev.holdfast.lab.Transport;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Machines that refuse to lose most of their services until a person means it, and say so where
/// people look: a load balancer, and the backend that it goes on sending to (NO-CLIFF).
@Lab
@WithControlPlane
class CliffLabTest {

    private static final int SERVICES = 5;
    private static final int PORT = 80;
    private static final int CONNECTIONS = 5;
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
        List<String> vips = new ArrayList<>();
        long last = 0;
        for (int i = 1; i <= SERVICES; i++) {
            vips.add(site.put("vips/v" + i, "{}").is(201).at("/address"));
            site.put("services/s" + i, service(i)).is(201);
            last = site.put("services/s" + i + "/backends/be1", "{}").is(201).etag();
        }
        dataCentre.backend(1).serve(PORT, vips.toArray(String[]::new));
        fleet.awaitLive();
        fleet.awaitApplied(last, List.of(dataCentre.backend(1)));
        answer(dataCentre, vips);

        String forwarding = balancer.sh("ipvsadm -Sn");
        assertThat(forwarding.lines().filter(line -> line.startsWith("-A"))).hasSize(SERVICES);
        theCliff(site);
        assertThat(balancer.sh("ipvsadm -Sn")).isEqualTo(forwarding);
        answer(dataCentre, vips);

        site.put("services/s1?meant=true", service(1)).is(200); // its own revision stays
        String meant = fleet.awaitLive().hasNo("/nodes/0/refusedRevision").at("/revision");
        await(site, "/hosts/0/appliedRevision", meant).hasNo("/hosts/0/refusedRevision");
        assertThat(balancer.sh("ipvsadm -Sn").lines().filter(line -> line.startsWith("-A")))
                .hasSize(1);
        assertThat(dataCentre.backend(1).sh("ip -o address show lo"))
                .contains(vips.getFirst() + "/32")
                .doesNotContain(vips.get(1) + "/32", vips.getLast() + "/32");
        answer(dataCentre, vips.subList(0, 1));
    }

    private static void answer(DataCentre dataCentre, List<String> vips) {
        for (String vip : vips) {
            Answers answers = dataCentre.client().ask(Transport.TCP, vip, PORT, CONNECTIONS);
            assertThat(answers.answered()).as("%s: %s", vip, answers).isEqualTo(CONNECTIONS);
        }
    }

    private static String service(int number) {
        return "{'vip': 'v%d', 'ports': [{'protocol': 'TCP', 'port': 80}]}".formatted(number);
    }

    /// Four of five services go at once, and both machines stay as they are.
    private static void theCliff(SiteOfATest site) {
        Answer before = site.get("status").is(200);
        StringBuilder deletes = new StringBuilder();
        for (int i = 2; i <= SERVICES; i++) {
            deletes.append(deletes.isEmpty() ? "" : ", ")
                    .append("{'method': 'DELETE', 'path': 'services/s%d'}".formatted(i));
        }
        Answer gone = site.post("apply", "{'changes': [%s]}".formatted(deletes)).is(200);
        long refused = Long.parseLong(gone.at("/revision"));

        for (String machine : List.of("/nodes/0", "/hosts/0")) {
            Answer status = await(site, machine + "/refusedRevision", String.valueOf(refused));
            status.has(machine + "/appliedRevision", before.at(machine + "/appliedRevision"));
            assertThat(status.at(machine + "/why"))
                    .contains(
                            "would take away 4 of 5 services (",
                            "expected: at most 50 %",
                            "meant=true");
        }
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
