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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// Backends change, twice, and then a load balancer leaves: what plain Maglev cannot survive. On a
/// VIP of IPv4 and on one of IPv6, which have the same backends.
@Lab
@WithControlPlane
class SecondChanceLabTest {

    private static final String VIP = "198.51.100.1";
    private static final String VIP6 = "2001:db8:100::1";
    private static final int PORT = 80;
    private static final int CONNECTIONS = 80;
    private static final List<String> SERVICES = List.of("shop", "shop6");

    @Autowired private Api api;

    @Test
    void noConnectionIsResetWhenBackendsChangeAndALoadBalancerLeaves() {
        DataCentre dataCentre = DataCentre.named("chance").loadBalancers(2).backends(4).build();
        dataCentre.backends().forEach(backend -> backend.serve(PORT, VIP, VIP6));
        SiteOfATest site =
                api.newSite(
                        "{'vipRanges': ['%s', '%s'], 'encapsulation': {'kind': 'GUE'}}"
                                .formatted(DataCentre.VIPS, DataCentre.VIPS6));
        Fleet fleet = new Fleet(dataCentre, site).join();
        for (String service : SERVICES) {
            String address = service.equals("shop") ? VIP : VIP6;
            site.put("vips/" + service, "{'address': '" + address + "'}").is(201);
            String ports = "[{'protocol': 'TCP', 'port': 80}]";
            site.put("services/" + service, "{'vip': '%s', 'ports': %s}".formatted(service, ports))
                    .is(201);
        }
        join(site, "be1");
        join(site, "be2");
        fleet.awaitLive().has("/agree", true);

        List<Trickle> trickles =
                Stream.of(VIP, VIP6).map(vip -> trickle(dataCentre.client(), vip)).toList();
        join(site, "be3");
        fleet.awaitLive();
        Answer last = join(site, "be4");
        fleet.awaitLive();
        fleet.awaitApplied(Long.parseLong(last.at("/revision")), dataCentre.backends());
        // Both load balancers remember their connections: only one that comes to another is asked
        // of the new table.
        dataCentre.routeVipsTo(dataCentre.loadBalancer(2));
        dataCentre.client().sh("sleep 6");

        for (int i = 0; i < trickles.size(); i++) {
            Trickle.Fared fared = trickles.get(i).stop();
            long sentOn = sentOn(i == 0 ? "ip" : "ip6", dataCentre.backends());
            System.out.println(SERVICES.get(i) + ": " + fared + ", " + sentOn + " packets sent on");
            assertThat(fared.broken()).as(SERVICES.get(i)).isEmpty();
            assertThat(fared.connections()).hasSize(CONNECTIONS);
            // Without this the scenario would prove nothing.
            assertThat(sentOn).as(SERVICES.get(i)).isPositive();
        }
    }

    private static Trickle trickle(Machine client, String vip) {
        return client.trickle(Transport.TCP, vip, PORT, CONNECTIONS, Duration.ofMillis(500));
    }

    /// The host becomes a backend of both.
    private static Answer join(SiteOfATest site, String host) {
        return SERVICES.stream()
                .map(service -> site.put("services/" + service + "/backends/" + host, "{}").is(201))
                .toList()
                .getLast();
    }

    /// Packets that the backends marked for the first or the second hop.
    private static long sentOn(String family, List<Machine> backends) {
        String marked =
                "nft list table "
                        + family
                        + " holdfast-chance | sed -n 's/.*map @.* counter packets \\([0-9]*\\) .*/\\1/p'"
                        + " | awk '{sum += $1} END {print sum + 0}'";
        return backends.stream().mapToLong(b -> Long.parseLong(b.sh(marked).strip())).sum();
    }
}
