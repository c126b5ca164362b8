package dev.holdfast.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// The data centre works before there is any Holdfast in it: load balancers and backends are set up
/// by hand, as an operator would from the article, with native GUE tunnels.
@Lab
class LabItselfLabTest {
    private static final String VIP = "198.51.100.1";
    private static final String VIP6 = "2001:db8:100::1";

    private static DataCentre shop;

    @BeforeAll
    static void buildDataCentre() {
        shop = DataCentre.named("shop").loadBalancers(2).backends(3).build();
        shop.backends().forEach(LabItselfLabTest::setUpBackend);
        shop.loadBalancers().forEach(LabItselfLabTest::setUpLoadBalancer);
    }

    private static void setUpBackend(Machine backend) {
        backend.sh(
                """
                ip address add %s/32 dev lo
                ip address add %s/128 dev lo nodad
                ip fou add port 6080 gue
                ip fou add port 6080 gue -6
                ip link set tunl0 up
                ip link set ip6tnl0 up
                """
                        .formatted(VIP, VIP6));
        backend.serve(80, VIP, VIP6);
    }

    private static void setUpLoadBalancer(Machine loadBalancer) {
        loadBalancer.sysctl("net.ipv4.vs.sloppy_tcp", "1");
        StringBuilder script = new StringBuilder();
        script.append("ip route add local ").append(DataCentre.VIPS).append(" dev lo\n");
        script.append("ip -6 route add local ").append(DataCentre.VIPS6).append(" dev lo\n");
        for (String service : new String[] {"-t " + VIP, "-u " + VIP, "-t [" + VIP6 + "]"}) {
            script.append("ipvsadm -A %s:80 -s mh -b mh-port,mh-fallback\n".formatted(service));
            for (Machine backend : shop.backends()) {
                String address =
                        service.contains("[") ? "[" + backend.address6() + "]" : backend.address();
                script.append("ipvsadm -a %s:80 -r %s:80".formatted(service, address));
                script.append(" -i --tun-type gue --tun-port 6080\n");
            }
        }
        loadBalancer.sh(script.toString());
    }

    @Test
    void everyBackendAnswersTheClientAndSeesItsAddress() {
        Answers answers = shop.client().ask(Transport.TCP, VIP, 80, 60);

        assertThat(answers.answered()).as("%s", answers).isEqualTo(60);
        assertThat(answers.backends()).containsExactly("be1", "be2", "be3");
        assertThat(answers.clientsSeen()).containsExactly(shop.client().address());
    }

    @Test
    void soItIsForUdp() {
        Answers answers = shop.client().ask(Transport.UDP, VIP, 80, 60);

        assertThat(answers.answered()).as("%s", answers).isEqualTo(60);
        assertThat(answers.backends()).containsExactly("be1", "be2", "be3");
        assertThat(answers.clientsSeen()).containsExactly(shop.client().address());
    }

    @Test
    void soItIsForIpv6() {
        Answers answers = shop.client().ask(Transport.TCP, VIP6, 80, 60);

        assertThat(answers.answered()).as("%s", answers).isEqualTo(60);
        assertThat(answers.backends()).containsExactly("be1", "be2", "be3");
        assertThat(answers.clientsSeen()).containsExactly(shop.client().address6());
    }

    @Test
    void answersDoNotPassTheLoadBalancers() {
        Machine router = shop.router();
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

        shop.client().ask(Transport.TCP, VIP, 80, 20);

        assertThat(packets(router, "fromLoadBalancers")).isZero();
        assertThat(packets(router, "fromBackends")).isGreaterThanOrEqualTo(20 * 3);
    }

    @Test
    void bothLoadBalancersGetAShareOfTheFlows() {
        shop.client().ask(Transport.TCP, VIP, 80, 60);

        for (Machine loadBalancer : shop.loadBalancers()) {
            assertThat(loadBalancer.sh("ipvsadm -Ln --nosort --stats | awk '/^TCP/ { print $3 }'"))
                    .as("connections of both services at %s", loadBalancer)
                    .doesNotMatch("0\n0\n");
        }
    }

    @Test
    void takingALoadBalancerAwayAndBackResetsNothing() throws InterruptedException {
        Trickle trickle = shop.client().trickle(Transport.TCP, VIP, 80, 60, Duration.ofMillis(500));
        shop.routeVipsTo(shop.loadBalancer(2));
        Thread.sleep(1_500);
        shop.routeVipsTo(shop.loadBalancer(1), shop.loadBalancer(2));
        Thread.sleep(1_500);

        Trickle.Fared fared = trickle.stop();

        assertThat(fared.broken()).as("%s", fared).isEmpty();
        assertThat(fared.connections()).hasSize(60);
    }

    /// It says so (ICMP), and TCP goes on: that ends no connection, and must not count as if. What
    /// is refused here is what acknowledges answers, so that the client hears of it before it reads
    /// them.
    @Test
    void aRouterThatHasNoWayForAMomentEndsNothing() throws InterruptedException {
        Machine router = shop.router();
        router.sh(
                """
                nft -f - <<'RULES'
                table ip without-a-way {
                  counter refused {}
                  chain acknowledgements {
                    type filter hook forward priority 0
                    ip daddr 198.51.100.1 ip length 52 counter name refused reject with icmp host-unreachable
                  }
                }
                RULES
                """);
        Trickle trickle = shop.client().trickle(Transport.TCP, VIP, 80, 20, Duration.ofMillis(500));
        Thread.sleep(3_000);
        String refused = router.sh("nft list counter ip without-a-way refused");
        router.sh("nft delete table ip without-a-way");
        Thread.sleep(1_000);

        Trickle.Fared fared = trickle.stop();

        assertThat(fared.broken()).as("%s", fared).isEmpty();
        assertThat(refused).doesNotContain("packets 0 ");
    }

    private static long packets(Machine machine, String counter) {
        String text = machine.sh("nft list counter inet watch " + counter);
        return Long.parseLong(text.replaceAll("(?s).*packets (\\d+) .*", "$1"));
    }
}
