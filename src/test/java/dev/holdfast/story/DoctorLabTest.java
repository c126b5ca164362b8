package dev.holdfast.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import dev.holdfast.lab.DataCentre;
import dev.holdfast.lab.Lab;
import dev.holdfast.lab.Machine;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// `doctor` on a load balancer with IPVS and on a backend host, with their agents out of their
/// packages: well, and broken in several ways.
@Lab
@WithControlPlane
class DoctorLabTest {

    @Autowired private Api api;

    @Test
    void aWellMachineHasNoFindingsAndABrokenOneItsCures() {
        DataCentre dataCentre = DataCentre.named("doctor").loadBalancers(1).backends(1).build();
        Machine balancer = dataCentre.loadBalancer(1);
        Machine backend = dataCentre.backend(1);
        SiteOfATest site =
                api.newSite(
                        "{'vipRanges': ['%s'], 'encapsulation': {'kind': 'GUE'}}"
                                .formatted(DataCentre.VIPS));
        Fleet fleet = new Fleet(dataCentre, site).join();
        site.put("vips/shop", "{}").is(201);
        site.put("services/shop", "{'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 80}]}")
                .is(201);
        String revision = site.put("services/shop/backends/be1", "{}").is(201).at("/revision");
        fleet.awaitLive();
        fleet.awaitApplied(Long.parseLong(revision), List.of(backend));

        assertThat(findings(fleet.doctor(balancer, 0))).isEmpty();
        aNarrowWay(fleet, dataCentre);
        onTheLoadBalancer(fleet, balancer);
        onTheBackend(fleet, backend);
    }

    /// Its own interface takes full packets, and a link behind the router does not.
    private static void aNarrowWay(Fleet fleet, DataCentre dataCentre) {
        dataCentre.router().sh("ip link set be1 mtu 1400");
        String said = fleet.doctor(dataCentre.loadBalancer(1), 1);
        dataCentre.router().sh("ip link set be1 mtu 1500");
        assertThat(findings(said)).hasSize(1);
        assertThat(said)
                .contains(
                        "packets of 1500 bytes do not get to host be1 (10.3.1.2), small ones do",
                        "cure: tracepath -n 10.3.1.2");
        // The narrow way is remembered for ten minutes.
        dataCentre.loadBalancer(1).sh("ip route flush cache");
    }

    private static void onTheLoadBalancer(Fleet fleet, Machine balancer) {
        balancer.sh(
                "nft 'add table inet office;"
                        + " add chain inet office in { type filter hook input priority 0; };"
                        + " add rule inet office in ct state established accept'");
        fleet.agent(balancer).stop(); // it would mend this by itself
        balancer.sysctl("net.ipv4.vs.sloppy_tcp", "0");
        String said = fleet.doctor(balancer, 1);
        assertThat(findings(said)).hasSize(2);
        assertThat(said)
                .contains(
                        "1 rules look at the state of connections: ct state established accept",
                        "cure: let packets to the VIP ranges pass before these rules: nft insert")
                .contains(
                        "net.ipv4.vs.sloppy_tcp is 0 (expected: 1)",
                        "cure: sysctl -w net.ipv4.vs.sloppy_tcp=1");
    }

    private static void onTheBackend(Fleet fleet, Machine backend) {
        assertThat(findings(fleet.doctor(backend, 0))).isEmpty();

        fleet.agent(backend).stop();
        backend.sysctl("net.ipv4.conf.tunl0.rp_filter", "1");
        backend.sh("ip fou del port 6080");
        backend.serve(6080, backend.address());
        String said = fleet.doctor(backend, 1);
        assertThat(findings(said)).hasSize(2);
        assertThat(said)
                .contains(
                        "net.ipv4.conf.tunl0.rp_filter is 1 (expected: 0)",
                        "cure: sysctl -w net.ipv4.conf.tunl0.rp_filter=0")
                .contains("UDP port 6080 is taken", "cure: ss -lunp sport = :6080");
    }

    /// What is found, one line each; a control plane that does not answer within three seconds is
    /// no fault of an emulated machine.
    private static List<String> findings(String said) {
        return said.lines()
                .filter(line -> line.startsWith("FAULT") || line.startsWith("WARNING"))
                .filter(line ->
                        !line.matches(".*does not answer: Http(Connect)?TimeoutException.*"))
                .toList();
    }
}
