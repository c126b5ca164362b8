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
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Family;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/// An IPv6 VIP, over hosts of either family, through every encapsulation that the kernel has for
/// that: its packets arrive with the client's address, and full ones go both ways to a client that
/// no ICMPv6 tells of a smaller size.
@Lab
@WithControlPlane
class SixLabTest {

    private static final String VIP = "2001:db8:100::1";
    private static final int PORT = 80;
    private static final int CONNECTIONS = 30;

    @Autowired private Api api;
    private DataCentre dataCentre;
    private SiteOfATest site;
    private Fleet fleet;

    @BeforeEach
    void twoBackends() {
        dataCentre = DataCentre.named("six").backends(2).build();
        dataCentre.backends().forEach(backend -> backend.serve(PORT, VIP));
        site = api.newSite(json(Encapsulation.Kind.GUE, ""));
        fleet = new Fleet(dataCentre, site);
    }

    @ParameterizedTest
    @EnumSource(Family.class)
    void packetsOfAnIpv6VipArrive(Family hosts) {
        begin(hosts);
        Encapsulation.Kind before = Encapsulation.Kind.GUE;
        itAnswers(before);
        for (Encapsulation.Kind kind : others(hosts)) {
            fleet.awaitApplied(settings(before, kind).etag(), dataCentre.backends());
            settings(kind, before);
            fleet.awaitLive();
            itAnswers(kind);
            before = kind;
        }
    }

    /// With IPIP an IPv6 VIP does not reach IPv4 hosts (KERNEL 9).
    private static List<Encapsulation.Kind> others(Family hosts) {
        return switch (hosts) {
            case IPV4 -> List.of(Encapsulation.Kind.FOU);
            case IPV6 -> List.of(Encapsulation.Kind.FOU, Encapsulation.Kind.IPIP);
        };
    }

    private void begin(Family hosts) {
        (hosts == Family.IPV6 ? fleet.overIpv6() : fleet).join();
        site.put("vips/shop", "{'address': '%s'}".formatted(VIP)).is(201);
        String ports = "[{'protocol': 'TCP', 'port': 80}, {'protocol': 'UDP', 'port': 80}]";
        site.put("services/shop", "{'vip': 'shop', 'ports': %s}".formatted(ports)).is(201);
        for (Machine backend : dataCentre.backends()) {
            Answer put = site.put("services/shop/backends/" + backend.name(), "{}").is(201);
            fleet.awaitApplied(put.etag(), List.of(backend));
        }
        fleet.awaitLive();
    }

    private void itAnswers(Encapsulation.Kind kind) {
        Machine client = dataCentre.client();
        for (Transport transport : Transport.values()) {
            Answers answers = client.ask(transport, VIP, PORT, CONNECTIONS);
            assertThat(answers.answered()).as("%s: %s", kind, answers).isEqualTo(CONNECTIONS);
            assertThat(answers.backends()).as("%s: %s", kind, answers).hasSize(2);
            assertThat(answers.clientsSeen()).containsExactly(client.address6());
        }
        FullSize.bothWays(client, VIP, PORT);
    }

    private Answer settings(Encapsulation.Kind kind, Encapsulation.Kind accepts) {
        return api.put(site.path(), json(kind, "{'kind': '%s'}".formatted(accepts))).is(200);
    }

    private static String json(Encapsulation.Kind kind, String accepts) {
        return "{'vipRanges': ['%s'], 'tunnelRanges': ['%s'], 'encapsulation': {'kind': '%s'}, 'accepts': [%s]}"
                .formatted(DataCentre.VIPS6, DataCentre.TUNNELS6, kind, accepts);
    }
}
