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
import dev.holdfast.lab.Trickle;
import dev.holdfast.wire.Encapsulation;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// A site changes its encapsulation in the steps of `docs/operations/encapsulation.md`, while
/// connections go on.
@Lab
@WithControlPlane
class EncapsulationLabTest {

    private static final String VIP = "198.51.100.1";
    private static final int PORT = 80;
    private static final int CONNECTIONS = 30;
    private static final String GUE = "{'kind': 'GUE', 'port': 6080}";
    private static final String IPIP = "{'kind': 'IPIP'}";
    private static final String FOU = "{'kind': 'FOU', 'port': 5555}";

    @Autowired private Api api;
    private DataCentre dataCentre;
    private SiteOfATest site;
    private Fleet fleet;

    @BeforeEach
    void aServiceOverGue() {
        dataCentre = DataCentre.named("wrap").clients(2).backends(2).build();
        dataCentre.backends().forEach(backend -> backend.serve(PORT, VIP));
        Machine byHand = dataCentre.backend(2);
        WithoutAgent.takesPackets(byHand, Encapsulation.Kind.GUE, VIP); // and IPIP
        WithoutAgent.listen(byHand, Encapsulation.Kind.FOU);
        site = api.newSite(settings(GUE, ""));
        fleet = new Fleet(dataCentre, site).joinLoadBalancers().join(dataCentre.backend(1));
        site.put("hosts/be2", "{'address': '%s'}".formatted(byHand.address())).is(201);
        site.put("vips/shop", "{}").is(201).has("/address", VIP);
        site.put("services/shop", "{'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 80}]}")
                .is(201);
        site.put("services/shop/backends/be2", "{}").is(201);
        hostsAt(site.put("services/shop/backends/be1", "{}").is(201));
        fleet.awaitLive();
    }

    @Test
    void connectionsThatTheTableDoesNotMoveLiveOn() {
        put(IPIP, "").isProblem(409, "encapsulation");
        Trickle throughBoth = trickle();

        hostsAt(put(GUE, IPIP));
        change(IPIP, GUE);
        assertThat(tunnels()).contains(" -i ").doesNotContain("gue");
        long before = change(GUE, IPIP);
        assertThat(tunnels()).contains("gue");
        Trickle.Fared same = throughBoth.stop();
        System.out.println("GUE to IPIP and back: " + same);
        assertThat(same.connections()).hasSize(CONNECTIONS);
        assertThat(same.broken()).isEmpty();

        Trickle toAnotherTable = trickle();
        hostsAt(put(GUE, FOU));
        assertThat(listeners()).contains("port 6080 gue", "port 6082 gue", "port 5555");
        long after = change(FOU, GUE);
        Trickle.Fared moved = toAnotherTable.stop();
        System.out.println("GUE to FOU: " + moved);
        assertThat(moved.connections()).hasSize(CONNECTIONS);
        assertThat(moved.broken())
                .as("only what the table moved at revision %d", after)
                .hasSizeLessThan(CONNECTIONS)
                .noneMatch(one -> backend(one, before).equals(backend(one, after)));

        hostsAt(put(FOU, ""));
        assertThat(listeners()).contains("port 5555").doesNotContain("gue");
    }

    /// Load balancers change, and everything answers.
    ///
    /// @return the revision by which they did
    private long change(String to, String from) {
        long revision = put(to, from).is(200).etag();
        fleet.awaitLive();
        Answers answers = dataCentre.client(2).ask(Transport.TCP, VIP, PORT, CONNECTIONS);
        assertThat(answers.answered()).as("%s", answers).isEqualTo(CONNECTIONS);
        assertThat(answers.backends()).as("%s", answers).containsExactly("be1", "be2");
        return revision;
    }

    private void hostsAt(Answer written) {
        fleet.awaitApplied(written.etag(), List.of(dataCentre.backend(1)));
    }

    private String backend(Trickle.Connection connection, long revision) {
        return site.get(
                        "services/shop/explain?client=%s:%d&revision=%d"
                                .formatted(
                                        dataCentre.client().address(), connection.port(), revision))
                .is(200)
                .at("/backend");
    }

    private Answer put(String encapsulation, String accepts) {
        return api.put(site.path(), settings(encapsulation, accepts));
    }

    private static String settings(String encapsulation, String accepts) {
        return "{'vipRanges': ['%s'], 'tunnelRanges': ['%s'], 'encapsulation': %s, 'accepts': [%s]}"
                .formatted(DataCentre.VIPS, DataCentre.TUNNELS, encapsulation, accepts);
    }

    private Trickle trickle() {
        return dataCentre
                .client()
                .trickle(Transport.TCP, VIP, PORT, CONNECTIONS, Duration.ofMillis(500));
    }

    private String tunnels() {
        return dataCentre.loadBalancer(1).sh("ipvsadm -Sn");
    }

    private String listeners() {
        return dataCentre.backend(1).sh("ip fou show");
    }
}
