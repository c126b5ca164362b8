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
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;

/// From PUT to packet: what is asked for by REST is what a client's packets meet.
@Lab
@WithControlPlane
class PutBackendLabTest {

    private static final String VIP = "198.51.100.1";
    private static final int PORT = 80;
    private static final int CONNECTIONS = 40;

    @Autowired private Api api;

    @ParameterizedTest
    @EnumSource(Encapsulation.Kind.class)
    void aBackendThatIsPutAnswersAndOneThatIsDeletedDoesNot(Encapsulation.Kind kind) {
        DataCentre dataCentre = DataCentre.named("put").loadBalancers(2).backends(3).build();
        dataCentre.backends().forEach(backend -> backend.serve(PORT, VIP));
        SiteOfATest site =
                api.newSite(
                        """
                        {'vipRanges': ['%s'], 'tunnelRanges': ['%s'], 'encapsulation': {'kind': '%s'}}\
                        """
                                .formatted(DataCentre.VIPS, DataCentre.TUNNELS, kind));
        Fleet fleet = new Fleet(dataCentre, site).join();
        site.put("vips/shop", "{}").is(201).has("/address", VIP);
        site.put(
                        "services/shop",
                        """
                        {'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 80}, {'protocol': 'UDP', 'port': 80}]}\
                        """)
                .is(201);
        site.put("services/shop/backends/be1", "{}").is(201);
        site.put("services/shop/backends/be2", "{}").is(201);

        fleet.awaitLive().has("/agree", true);
        watchAnswers(dataCentre.router());

        for (Transport transport : Transport.values()) {
            Answers answers = ask(dataCentre, transport);
            assertThat(answers.backends()).as("%s", answers).containsExactly("be1", "be2");
            assertThat(answers.clientsSeen()).containsExactly(dataCentre.client().address());
        }
        assertThat(packets(dataCentre.router(), "fromLoadBalancers")).isZero();
        assertThat(packets(dataCentre.router(), "fromBackends")).isGreaterThan(2L * CONNECTIONS);

        fullSizeBothWays(dataCentre.client());

        Answer third = site.put("services/shop/backends/be3", "{}").is(201);
        fleet.awaitLive();
        fleet.awaitApplied(Long.parseLong(third.at("/revision")), List.of(dataCentre.backend(3)));
        Answers three = ask(dataCentre, Transport.TCP);
        assertThat(three.backends()).as("%s", three).containsExactly("be1", "be2", "be3");

        site.delete("services/shop/backends/be1").is(204);
        fleet.awaitLive().has("/agree", true);
        Answers two = ask(dataCentre, Transport.TCP);
        assertThat(two.backends()).as("%s", two).containsExactly("be2", "be3");
    }

    private static Answers ask(DataCentre dataCentre, Transport transport) {
        Answers answers = dataCentre.client().ask(transport, VIP, PORT, CONNECTIONS);
        assertThat(answers.answered()).as("%s", answers).isEqualTo(CONNECTIONS);
        return answers;
    }

    /// Lines that need more than one packet each way, from a client that no ICMP reaches: it cannot
    /// learn that the tunnel takes less than its own link.
    private static void fullSizeBothWays(Machine client) {
        client.sh(
                "nft 'add table ip deaf; add chain ip deaf input { type filter hook input priority 0; };"
                        + " add rule ip deaf input ip protocol icmp drop'");
        String talk =
                """
                perl -MIO::Socket::INET -e '
                  $s = IO::Socket::INET->new(PeerAddr => "%s:%d", Timeout => 20) or die "connect: $!";
                  $SIG{ALRM} = sub { die "no answer to line $said after 60 s\n" };
                  for $said (1 .. 20) {
                    alarm 60;
                    print $s "x" x 8000, "\n"; $s->flush;
                    $heard += length scalar <$s>;
                  }
                  print $heard'
                """
                        .formatted(VIP, PORT);
        assertThat(Long.parseLong(client.sh(talk))).isGreaterThan(20 * 8000);
        client.sh("nft delete table ip deaf");
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

    private static long packets(Machine machine, String counter) {
        String text = machine.sh("nft list counter inet watch " + counter);
        return Long.parseLong(text.replaceAll("(?s).*packets (\\d+) .*", "$1"));
    }
}
