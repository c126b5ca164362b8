package dev.holdfast.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import dev.holdfast.lab.Answers;
import dev.holdfast.lab.DataCentre;
import dev.holdfast.lab.Lab;
import dev.holdfast.lab.Transport;
import dev.holdfast.lab.Trickle;
import dev.holdfast.wire.Encapsulation;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// From an old load balancer, plain IPVS that goes round robin, to the backends here and back, with
/// real connections.
@Lab
@WithControlPlane
class MigrationLabTest {

    private static final String VIP = "198.51.100.1";
    private static final int PORT = 80;
    private static final int LONG_LIVED = 40;
    private static final int FLOWS = 4000;
    private static final int AT_ONCE = 400;
    private static final int A_FEW = 100;
    private static final Set<String> OLD = Set.of("old2", "old3");

    @Autowired private Api api;
    private DataCentre dataCentre;
    private SiteOfATest site;
    private Fleet fleet;

    @Test
    void aServiceIsMovedThereAndBackAndNoConnectionBreaksThatTheTableDoesNotMove() {
        dataCentre.routeVipsTo(dataCentre.old(1));
        step("'stage': 'LEGACY'");
        assertThat(ask(1, A_FEW).backends()).isEqualTo(OLD);
        step("'stage': 'SHADOW'");
        fleet.awaitLive().has("/agree", true);
        Trickle fromBefore = trickle();
        assertThat(ask(1, A_FEW).backends()).isEqualTo(OLD);

        long first = step("'stage': 'CANARY', 'percent': 25");
        fleet.awaitLive().has("/agree", true);
        dataCentre.routeVipsTo(dataCentre.loadBalancer(1), dataCentre.loadBalancer(2));
        for (int i = 0; i < FLOWS / AT_ONCE; i++) {
            eachIsWhereExplainSays(1, AT_ONCE, first);
        }
        Trickle fromCanary = trickle();

        long half = step("'stage': 'CANARY', 'percent': 50");
        fleet.awaitLive().has("/agree", true);
        eachIsWhereExplainSays(2, A_FEW, half);

        step("'stage': 'LIVE'");
        fleet.awaitLive().has("/agree", true);
        Answers all = ask(3, A_FEW);
        assertThat(all.backends()).as("%s", all).containsExactly("be1", "be2");

        long back = step("'stage': 'CANARY', 'percent': 25");
        fleet.awaitLive().has("/agree", true);
        eachIsWhereExplainSays(4, A_FEW, back);
        Trickle.Fared canary = fromCanary.stop();
        assertThat(canary.broken()).as("%s", canary).isEmpty();

        dataCentre.routeVipsTo(dataCentre.old(1));
        step("'stage': 'LEGACY'");
        assertThat(ask(1, A_FEW).backends()).isEqualTo(OLD);
        List<Trickle.Connection> broken = fromBefore.stop().broken();
        assertThat(broken)
                .as("only what the table gave to the backends at revision %d", first)
                .hasSizeLessThan(LONG_LIVED)
                .allMatch(connection ->
                        explained(1, connection.port(), first).at("/side").equals("BACKENDS"));
    }

    @BeforeEach
    void aServiceBesideAnOldLoadBalancer() {
        dataCentre =
                DataCentre.named("move").clients(4).loadBalancers(2).backends(2).old(3).build();
        dataCentre
                .backends()
                .forEach(backend -> {
                    WithoutAgent.takesPackets(backend, Encapsulation.Kind.GUE, VIP);
                    backend.serve(PORT, VIP);
                });
        anOldLoadBalancer();
        site = api.newSite("{'vipRanges': ['%s']}".formatted(DataCentre.VIPS));
        fleet = new Fleet(dataCentre, site).joinLoadBalancers();
        site.put("vips/shop", "{'address': '%s'}".formatted(VIP)).is(201);
        site.put("services/shop", "{'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 80}]}")
                .is(201);
        dataCentre
                .backends()
                .forEach(backend -> {
                    String host = backend.name();
                    site.put("hosts/" + host, "{'address': '%s'}".formatted(backend.address()))
                            .is(201);
                    site.put("services/shop/backends/" + host, "{}").is(201);
                });
    }

    /// Three machines of the time before: one sends to the two others, which answer directly.
    private void anOldLoadBalancer() {
        for (int i = 1; i <= 3; i++) {
            WithoutAgent.takesPackets(dataCentre.old(i), Encapsulation.Kind.IPIP, VIP);
        }
        dataCentre.old(2).serve(PORT, VIP);
        dataCentre.old(3).serve(PORT, VIP);
        dataCentre
                .old(1)
                .sh(
                        """
                        set -e
                        modprobe -a ip_vs ip_vs_rr
                        ipvsadm -A -t %1$s:80 -s rr
                        ipvsadm -a -t %1$s:80 -r %2$s:80 -i
                        ipvsadm -a -t %1$s:80 -r %3$s:80 -i
                        """
                                .formatted(
                                        VIP,
                                        dataCentre.old(2).address(),
                                        dataCentre.old(3).address()));
    }

    private long step(String stage) {
        return site.put(
                        "services/shop/migration",
                        "{%s, 'legacyHosts': ['%s']}".formatted(stage, dataCentre.old(1).address()))
                .is(200)
                .etag();
    }

    /// Each step has a client of its own: a kernel remembers closed connections for two minutes,
    /// and a port that is used again goes where it went before.
    private Answers ask(int client, int connections) {
        Answers answers = dataCentre.client(client).ask(Transport.TCP, VIP, PORT, connections);
        assertThat(answers.answered()).as("%s", answers).isEqualTo(connections);
        return answers;
    }

    private Trickle trickle() {
        return dataCentre
                .client()
                .trickle(Transport.TCP, VIP, PORT, LONG_LIVED, Duration.ofMillis(500));
    }

    private Answer explained(int client, int port, long revision) {
        return site.get(
                        "services/shop/explain?client=%s:%d&revision=%d"
                                .formatted(dataCentre.client(client).address(), port, revision))
                .is(200);
    }

    private void eachIsWhereExplainSays(int client, int connections, long revision) {
        Answers answers = ask(client, connections);
        Set<String> elsewhere =
                answers.all().stream()
                        .filter(answer -> {
                            String backend =
                                    explained(client, answer.port(), revision).at("/backend");
                            return backend.isEmpty()
                                    ? !OLD.contains(answer.backend())
                                    : !backend.equals(answer.backend());
                        })
                        .map(Answers.Answer::toString)
                        .collect(Collectors.toSet());
        assertThat(elsewhere).as("of %s, at revision %d", answers, revision).isEmpty();
    }
}
