package dev.holdfast.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import dev.holdfast.lab.DataCentre;
import dev.holdfast.lab.Lab;
import dev.holdfast.lab.Machine;
import dev.holdfast.lab.Transport;
import dev.holdfast.lab.Trickle;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Backends change, twice, and then a load balancer leaves: what plain Maglev cannot survive.
@Lab
@WithControlPlane
class SecondChanceLabTest {

    private static final String VIP = "198.51.100.1";
    private static final int PORT = 80;
    private static final int CONNECTIONS = 80;

    @Autowired private Api api;

    @Test
    void noConnectionIsResetWhenBackendsChangeAndALoadBalancerLeaves() {
        DataCentre dataCentre = DataCentre.named("chance").loadBalancers(2).backends(4).build();
        dataCentre.backends().forEach(backend -> backend.serve(PORT, VIP));
        SiteOfATest site =
                api.newSite(
                        "{'vipRanges': ['%s'], 'encapsulation': {'kind': 'GUE'}}"
                                .formatted(DataCentre.VIPS));
        Fleet fleet = new Fleet(dataCentre, site).join();
        site.put("vips/shop", "{}").is(201).has("/address", VIP);
        site.put("services/shop", "{'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 80}]}")
                .is(201);
        site.put("services/shop/backends/be1", "{}").is(201);
        site.put("services/shop/backends/be2", "{}").is(201);
        fleet.awaitLive().has("/agree", true);

        Trickle trickle =
                dataCentre
                        .client()
                        .trickle(Transport.TCP, VIP, PORT, CONNECTIONS, Duration.ofMillis(500));
        site.put("services/shop/backends/be3", "{}").is(201);
        fleet.awaitLive();
        Answer last = site.put("services/shop/backends/be4", "{}").is(201);
        fleet.awaitLive();
        fleet.awaitApplied(Long.parseLong(last.at("/revision")), dataCentre.backends());
        // Both load balancers remember their connections: only one that comes to another is asked
        // of the new table.
        dataCentre.routeVipsTo(dataCentre.loadBalancer(2));
        dataCentre.client().sh("sleep 6");

        Trickle.Fared fared = trickle.stop();
        long sentOn = sentOn(dataCentre.backends());
        System.out.println(fared + ", " + sentOn + " packets given a second chance");
        assertThat(fared.broken()).isEmpty();
        assertThat(fared.connections()).hasSize(CONNECTIONS);
        // Without this the scenario would prove nothing.
        assertThat(sentOn).isPositive();
    }

    /// Packets that the backends marked for the first or the second hop.
    private static long sentOn(List<Machine> backends) {
        String marked =
                "nft list table ip holdfast-chance"
                        + " | sed -n 's/.*map @.* counter packets \\([0-9]*\\) .*/\\1/p'"
                        + " | awk '{sum += $1} END {print sum + 0}'";
        return backends.stream().mapToLong(b -> Long.parseLong(b.sh(marked).strip())).sum();
    }
}
