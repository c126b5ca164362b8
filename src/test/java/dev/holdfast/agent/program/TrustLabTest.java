package dev.holdfast.agent.program;

import static dev.holdfast.agent.program.LonelyAgent.sh;
import static dev.holdfast.agent.program.LonelyAgent.sorted;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.agent.watch.StateFile;
import dev.holdfast.lab.InGuest;
import dev.holdfast.wire.Encapsulation;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shipped agent on a machine that its operator also uses, while no control plane answers
/// (OWNED-ONLY, FAIL-STATIC). One story, because each start of a Java machine takes its time here.
@InGuest
class TrustLabTest {
    private static final int SERVICES = 8;

    private static final String OPERATORS =
            """
            modprobe ip_vs
            ip link add eth0 type dummy
            ip link set eth0 up
            ip address add 10.2.1.2/24 dev eth0
            ip link add hfoperator type dummy
            ip link set hfoperator up
            ip route add 192.0.2.0/24 dev hfoperator proto static
            ip route add local 192.0.2.10 dev lo
            ip rule add from 192.0.2.9 lookup 77
            ipvsadm -A -t 192.0.2.10:80 -s rr
            ipvsadm -a -t 192.0.2.10:80 -r 10.9.0.1:80 -m
            ipvsadm -A -f 4711 -s rr
            nft add table inet operator
            nft add chain inet operator input '{ type filter hook input priority 0; }'
            nft add rule inet operator input tcp dport 9999 drop
            """;

    private static final String OPERATORS_OWN =
            """
            ip -o -d link show hfoperator
            ip -4 route show table all | grep -v 'proto 219' | grep -v ' hf[46]-'
            ip rule
            ipvsadm -Sn | grep -e 192.0.2.10 -e 'f 4711'
            nft -s list table inet operator
            """;

    private static final String OURS =
            """
            ip -o -d link show group 219 | sed 's/^[0-9]*: //' | sort
            ip route show table all proto 219 | sort
            ip -6 route show table all proto 219 | sort
            ipvsadm -Sn | grep -v -e 192.0.2.10 -e 'f 4711' | sort
            nft list tables | grep holdfast
            """;

    /// All that decides where packets go.
    private static final String EVERYTHING =
            OPERATORS_OWN
                    + OURS
                    + """
                    nft -s list ruleset
                    cat /proc/sys/net/ipv4/vs/sloppy_tcp /proc/sys/net/ipv4/vs/schedule_icmp
                    cat /proc/sys/net/ipv4/conf/eth0/accept_local
                    """;

    @TempDir private Path directory;
    private LonelyAgent agent;

    @BeforeEach
    void aMachineThatItsOperatorUsesToo() throws IOException {
        sh(OPERATORS);
        SiteModel site = new SiteModel("e1", Encapsulation.Kind.FOU);
        for (int i = 0; i < SERVICES; i++) {
            site.putService("s" + i + (i % 2 == 0 ? "" : "6"), 3);
        }
        site.check("s0", true);
        new StateFile(directory).save(site.desired());
        agent = new LonelyAgent(directory, "load-balancer", "lb1", EVERYTHING);
    }

    @AfterEach
    void noAgentIsLeft() throws InterruptedException {
        agent.kill();
    }

    @Test
    void anAgentThatIsKilledMendedAndCleanedUpAfterLeavesForwardingAndOthersThingsAlone()
            throws Exception {
        String operators = sh(OPERATORS_OWN);
        long seed = 7;
        Random random = new Random(seed);

        agent.start();
        int services = 1 + random.nextInt(SERVICES);
        agent.await(() ->
                sh("ipvsadm -Sn").lines().filter(l -> l.contains("-s mh")).count() >= services);
        agent.kill();
        assertThat(sh(OPERATORS_OWN)).as("killed half-way, seed %d", seed).isEqualTo(operators);

        agent.start();
        agent.awaitRound();
        String forwarding = sh(EVERYTHING);
        assertThat(forwarding.lines().filter(line -> line.contains("-s mh"))).hasSize(2 * SERVICES);
        agent.kill();
        assertThat(sh(EVERYTHING)).as("after kill -9").isEqualTo(forwarding);

        agent.start();
        agent.awaitRound();
        agent.awaitRound();
        assertThat(sh(EVERYTHING)).as("started again").isEqualTo(forwarding);

        driftIsMendedAndCounted(forwarding);
        assertThat(sh(OPERATORS_OWN)).as("after drift was mended").isEqualTo(operators);

        assertThat(agent.cleanup(1, "--yes")).as("while it runs").contains("an agent runs");
        agent.kill();
        assertThat(agent.cleanup(0)).contains("198.51.100.", "packet filter", "probes");
        assertThat(sorted(sh(EVERYTHING)))
                .as("after the list of cleanup")
                .isEqualTo(sorted(forwarding));
        agent.cleanup(0, "--yes");
        assertThat(sh(OURS)).isBlank();
        assertThat(sh(OPERATORS_OWN)).as("after cleanup").isEqualTo(operators);
        assertThat(agent.cleanup(0)).contains("nothing of Holdfast's is here");
    }

    private void driftIsMendedAndCounted(String forwarding) throws Exception {
        String service = sh("ipvsadm -Sn | grep -m 1 -o '^-A -t 198.51.100.[0-9]*:80'").strip();
        sh(
                """
                ipvsadm -D %s
                ip link del $(ip -o link show group 219 | sed -n '1s/^[0-9]*: \\([^@:]*\\).*/\\1/p')
                ip route del local 198.51.100.0/24 dev lo table local
                echo 0 >/proc/sys/net/ipv4/vs/sloppy_tcp
                nft delete table inet holdfast
                """
                        .formatted(service.substring(3)));
        // What was made anew is listed last.
        agent.awaitLines(() -> sh(EVERYTHING), forwarding);
        agent.awaitRound();
        assertThat(agent.status())
                .containsPattern("\"repaired\":\\{.*AddService.*AddTunnel.*SetSysctl.*filter-gone");
    }
}
