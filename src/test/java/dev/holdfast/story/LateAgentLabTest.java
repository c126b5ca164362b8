package dev.holdfast.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import dev.holdfast.lab.DataCentre;
import dev.holdfast.lab.Lab;
import dev.holdfast.lab.Machine;
import dev.holdfast.lab.Transport;
import dev.holdfast.lab.Trickle;
import dev.holdfast.wire.Encapsulation;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// The agent is installed on a host that carries connections already, of a service that has an
/// earlier table: which names another host for each of them.
@Lab
@WithControlPlane
class LateAgentLabTest {

    private static final String VIP = "198.51.100.1";
    private static final int PORT = 80;
    private static final int CONNECTIONS = 60;

    @Autowired private Api api;

    @Test
    void anAgentThatIsInstalledBesideTrafficEndsNoneOfIt() {
        DataCentre dataCentre = DataCentre.named("late").loadBalancers(1).backends(2).build();
        dataCentre.backends().forEach(backend -> backend.serve(PORT, VIP));
        SiteOfATest site =
                api.newSite(
                        "{'vipRanges': ['%s'], 'encapsulation': {'kind': 'GUE'}}"
                                .formatted(DataCentre.VIPS));
        Machine late = dataCentre.backend(2);
        WithoutAgent.takesPackets(late, Encapsulation.Kind.GUE, VIP);
        Fleet fleet = new Fleet(dataCentre, site).joinLoadBalancers().join(dataCentre.backend(1));
        site.put("hosts/be2", "{'address': '%s'}".formatted(late.address())).is(201);
        site.put("vips/shop", "{'address': '" + VIP + "'}").is(201);
        site.put(
                        "services/shop",
                        "{'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': %d}]}"
                                .formatted(PORT))
                .is(201);
        for (String host : new String[] {"be1", "be2"}) {
            site.put("services/shop/backends/" + host, "{}").is(201);
            fleet.awaitLive();
        }
        dataCentre.routeVipsTo(dataCentre.loadBalancer(1));
        Trickle trickle =
                dataCentre
                        .client()
                        .trickle(Transport.TCP, VIP, PORT, CONNECTIONS, Duration.ofMillis(500));

        fleet.equip(late);
        fleet.awaitLive();
        late.sh("until nft list table ip holdfast-chance | grep -q tracked; do sleep 1; done");
        dataCentre.client().sh("sleep 6");

        Trickle.Fared fared = trickle.stop();
        System.out.println("late: " + fared);
        assertThat(fared.broken()).isEmpty();
        assertThat(fared.connections()).hasSize(CONNECTIONS);
        assertThat(fared.connections()).extracting(Trickle.Connection::backend).contains("be2");
        // Without an earlier table that it will ask some day the scenario would prove nothing.
        assertThat(late.sh("ipvsadm -Ln")).contains("FWM");
        assertThat(late.sh("nft list table ip holdfast-chance")).doesNotContain("chain inner");
        assertThat(late.read("agent/second-chance")).startsWith("shop ");
    }
}
