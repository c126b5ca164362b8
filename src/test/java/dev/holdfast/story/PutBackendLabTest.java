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
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// From PUT to packet: what is asked for by REST is what a client's packets meet, over every
/// encapsulation. One story, because the start of five agents takes an emulated machine its time.
@Lab
@WithControlPlane
class PutBackendLabTest {

    private static final String VIP = "198.51.100.1";
    private static final int PORT = 80;
    private static final int CONNECTIONS = 40;

    @Autowired private Api api;
    private DataCentre dataCentre;
    private SiteOfATest site;
    private Fleet fleet;

    @BeforeEach
    void twoLoadBalancersAndThreeBackends() {
        dataCentre = DataCentre.named("put").loadBalancers(2).backends(3).build();
        dataCentre.backends().forEach(backend -> backend.serve(PORT, VIP));
        site = api.newSite(json(Encapsulation.Kind.GUE, ""));
        fleet = new Fleet(dataCentre, site).join();
        site.put("vips/shop", "{}").is(201).has("/address", VIP);
        site.put(
                        "services/shop",
                        """
                        {'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 80}, {'protocol': 'UDP', 'port': 80}]}\
                        """)
                .is(201);
        watchAnswers(dataCentre.router());
        isPut("be1");
        isPut("be2");
        fleet.awaitLive();
    }

    @Test
    void aBackendThatIsPutAnswersAndOneThatIsDeletedDoesNot() {
        overThisEncapsulation();
        Encapsulation.Kind before = Encapsulation.Kind.GUE;
        for (Encapsulation.Kind kind : EnumSet.complementOf(EnumSet.of(Encapsulation.Kind.GUE))) {
            long both = settings(before, kind).is(200).etag();
            fleet.awaitApplied(both, dataCentre.backends());
            String taken = "hf4-be1"; // the name of a tunnel, which only FOU needs
            Machine first = dataCentre.loadBalancer(1);
            if (kind == Encapsulation.Kind.FOU) {
                first.sh("ip link add " + taken + " type dummy");
            }
            settings(kind, before).is(200);
            if (kind == Encapsulation.Kind.FOU) {
                theFirstDiffers();
                first.sh("ip link del " + taken);
            }
            overThisEncapsulation();
            before = kind;
        }
        trafficIsSeen();
    }

    /// One load balancer cannot do what the others do: who, where and by how much is told.
    private void theFirstDiffers() {
        fleet.await(
                "status",
                status ->
                        status.at("/agree").equals("false")
                                && status.at("/nodes/0/name").equals("lb1")
                                && status.at("/nodes/0/differs/0/service").equals("shop")
                                && status.json().at("/nodes/0/differs/0/slots").asInt() > 0);
    }

    /// In the control plane, and on the load balancer for Prometheus.
    private void trafficIsSeen() {
        fleet.awaitLive();
        Trickle talk =
                dataCentre
                        .client()
                        .trickle(Transport.TCP, VIP, PORT, CONNECTIONS, Duration.ofMillis(500));
        fleet.await(
                "services/shop/traffic",
                traffic ->
                        traffic.json().get("connections").asLong() >= CONNECTIONS
                                && traffic.json().get("packetsPerSecond").asLong() > 0
                                && traffic.json().get("backends").size() == 2);
        String metrics =
                dataCentre
                        .loadBalancer(1)
                        .sh(
                                """
                                perl -MIO::Socket::INET -e '
                                  $s = IO::Socket::INET->new("127.0.0.1:9219") or die "connect: $!";
                                  print $s "GET /metrics HTTP/1.0\\r\\n\\r\\n"; print while <$s>'
                                """);
        assertThat(metrics)
                .containsPattern("holdfast_backend_connections\\{[^}]*\"shop\"[^}]*} [1-9]");
        aDrainIsSeenToItsEnd(talk);
    }

    /// Who is connected stays, is counted, and is waited for.
    private void aDrainIsSeenToItsEnd(Trickle talk) {
        String path = "services/shop/backends/be1";
        site.put(path, "{'adminState': 'DRAINING'}").is(200);
        fleet.await(path, shown -> shown.at("/drain/why").matches("[1-9][0-9]* connections left"));
        fleet.awaitLive();
        assertThat(ask(Transport.TCP).backends()).containsExactly("be2");
        int counted = site.get(path).json().get("connections").asInt();

        Trickle.Fared fared = talk.stop();

        assertThat(fared.broken()).isEmpty();
        assertThat(fared.connections().stream().filter(one -> one.backend().equals("be1")))
                .hasSize(counted);
        fleet.await(
                path,
                shown ->
                        shown.at("/drained").equals("true")
                                && shown.at("/drain/why").equals("no connections on lb1, lb2"));
    }

    /// From two backends to three, to two others, and back.
    private void overThisEncapsulation() {
        fleet.awaitLive().has("/agree", true);
        dataCentre.router().sh("nft reset counters table inet watch");
        for (Transport transport : Transport.values()) {
            Answers answers = ask(transport);
            assertThat(answers.backends()).as("%s", answers).containsExactly("be1", "be2");
            assertThat(answers.clientsSeen()).containsExactly(dataCentre.client().address());
        }
        assertThat(packets("fromLoadBalancers")).isZero();
        assertThat(packets("fromBackends")).isGreaterThan(2L * CONNECTIONS);

        FullSize.bothWays(dataCentre.client(), VIP, PORT);

        isPut("be3");
        fleet.awaitLive();
        Answers three = ask(Transport.TCP);
        assertThat(three.backends()).as("%s", three).containsExactly("be1", "be2", "be3");

        site.delete("services/shop/backends/be1").is(204);
        fleet.awaitLive().has("/agree", true);
        Answers two = ask(Transport.TCP);
        assertThat(two.backends()).as("%s", two).containsExactly("be2", "be3");

        isPut("be1");
        site.delete("services/shop/backends/be3").is(204);
    }

    private void isPut(String host) {
        long revision = site.put("services/shop/backends/" + host, "{}").is(201).etag();
        fleet.awaitApplied(revision, List.of(dataCentre.machine(host)));
    }

    private Answer settings(Encapsulation.Kind kind, Encapsulation.Kind accepts) {
        return api.put(site.path(), json(kind, "{'kind': '%s'}".formatted(accepts)));
    }

    private static String json(Encapsulation.Kind kind, String accepts) {
        return "{'vipRanges': ['%s'], 'tunnelRanges': ['%s'], 'encapsulation': {'kind': '%s'}, 'accepts': [%s]}"
                .formatted(DataCentre.VIPS, DataCentre.TUNNELS, kind, accepts);
    }

    private Answers ask(Transport transport) {
        Answers answers = dataCentre.client().ask(transport, VIP, PORT, CONNECTIONS);
        assertThat(answers.answered()).as("%s", answers).isEqualTo(CONNECTIONS);
        return answers;
    }

    /// Counts at the router where packets from the VIP come in.
    private static void watchAnswers(Machine router) {
        router.sh(
                """
                nft -f - <<'RULES'
                table inet watch {
                  counter fromLoadBalancers {}
                  counter fromBackends {}
                  chain answers {
                    type filter hook prerouting priority 0
                    ip saddr 198.51.100.1 iifname "lb*" counter name fromLoadBalancers
                    ip saddr 198.51.100.1 iifname "be*" counter name fromBackends
                  }
                }
                RULES
                """);
    }

    private long packets(String counter) {
        String text = dataCentre.router().sh("nft list counter inet watch " + counter);
        return Long.parseLong(text.replaceAll("(?s).*packets (\\d+) .*", "$1"));
    }
}
