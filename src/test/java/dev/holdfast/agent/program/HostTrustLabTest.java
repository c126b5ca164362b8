package dev.holdfast.agent.program;

import static dev.holdfast.agent.program.LonelyAgent.sh;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.watch.HostModel;
import dev.holdfast.agent.watch.StateFile;
import dev.holdfast.lab.InGuest;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The shipped agent on a backend host whose operator has tunnels, VIPs, listeners and tables of
/// his own there, while no control plane answers (OWNED-ONLY, FAIL-STATIC).
@InGuest
class HostTrustLabTest {

    private static final String OPERATORS =
            """
            modprobe -a ip_vs fou ipip
            ip link add eth0 type dummy
            ip link set eth0 up
            ip address add 10.3.1.2/24 dev eth0
            ip link add hfoperator type ipip local 10.3.1.2 remote 10.3.1.9
            ip link set hfoperator up
            ip route add 192.0.2.0/24 dev hfoperator
            ip address add 192.0.2.10/32 dev lo
            ip fou add port 7777 gue
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
            ip -o address show to 192.0.2.10
            ip route show dev hfoperator
            ip fou show | grep 7777
            ipvsadm -Sn | grep -e 192.0.2.10 -e 'f 4711'
            nft -s list table inet operator
            """;

    private static final String OURS =
            """
            ip -o address show dev lo to 198.51.100.0/24
            ip -o -6 address show dev lo to 2001:db8::/32
            ip fou show | grep -v 7777 | sort
            ipvsadm -Sn | grep -v -e 192.0.2.10 -e 'f 4711' | sort
            nft list tables | grep holdfast
            """;

    /// All that decides where packets go.
    private static final String EVERYTHING =
            OPERATORS_OWN
                    + OURS
                    + """
                    nft -s list ruleset
                    ip -o link show dev tunl0 up
                    ip -o link show dev sit0 up
                    cat /proc/sys/net/ipv4/vs/sloppy_tcp /proc/sys/net/ipv4/conf/all/rp_filter
                    """;

    private static final String VIPS =
            """
            [{"name": "shop", "address": "198.51.100.1"}, {"name": "six", "address": "2001:db8:100::1"}]\
            """;

    @TempDir private Path directory;
    private LonelyAgent agent;

    @BeforeEach
    void aHostThatItsOperatorUsesToo() throws IOException {
        sh(OPERATORS);
        new StateFile(directory)
                .save(
                        HostModel.proven(
                                "{\"kind\": \"GUE\", \"port\": 6080}",
                                VIPS,
                                "[" + service("shop") + ", " + service("six") + "]"));
        agent = new LonelyAgent(directory, "backend", "be1", EVERYTHING);
    }

    private static String service(String vip) {
        String table =
                """
                {"affinity": "CONNECTION", "destinations": [
                  {"host": "be2", "ordinal": 1, "address": "10.3.2.2", "weight": 1, "serving": true},
                  {"host": "be3", "ordinal": 2, "address": "10.3.3.2", "weight": 2, "serving": false}]}\
                """;
        return """
        {"name": "%1$s", "vip": "%1$s", "ports": [{"protocol": "TCP", "port": 80}],
         "chances": [%2$s, %2$s]}\
        """
                .formatted(vip, table);
    }

    @AfterEach
    void noAgentIsLeft() throws InterruptedException {
        agent.kill();
    }

    @Test
    void anAgentThatIsKilledMendedAndCleanedUpAfterLeavesReceivingAndOthersThingsAlone()
            throws Exception {
        String operators = sh(OPERATORS_OWN);
        assertThat(operators).contains("7777", "hfoperator", "192.0.2.10", "4711", "9999");

        agent.start();
        agent.await(() -> sh(OURS).contains("198.51.100.1"));
        agent.kill();
        assertThat(sh(OPERATORS_OWN)).as("killed half-way").isEqualTo(operators);

        agent.start();
        agent.awaitRound();
        String receiving = sh(EVERYTHING);
        assertThat(receiving)
                .contains("198.51.100.1", "2001:db8:100::1", "6080", "6082", "-s mh", "tunl0")
                .contains("table ip holdfast-chance", "table ip6 holdfast-chance");
        agent.kill();
        assertThat(sh(EVERYTHING)).as("after kill -9").isEqualTo(receiving);

        agent.start();
        agent.awaitRound();
        assertThat(sh(EVERYTHING)).as("started again").isEqualTo(receiving);

        driftIsMendedAndCounted(receiving);
        assertThat(sh(OPERATORS_OWN)).as("after drift was mended").isEqualTo(operators);

        agent.kill();
        agent.cleanup(0, "--yes");
        assertThat(sh(OURS)).isBlank();
        assertThat(sh(OPERATORS_OWN)).as("after cleanup").isEqualTo(operators);
        assertThat(agent.cleanup(0)).contains("nothing of Holdfast's is here");
    }

    private void driftIsMendedAndCounted(String receiving) throws Exception {
        String service = sh("ipvsadm -Sn | grep -o '^-A -f [0-9]* ' | grep -v 4711 | head -1");
        sh(
                """
                ip address del 198.51.100.1/32 dev lo
                ip fou del port 6081
                ip link set tunl0 down
                echo 1 >/proc/sys/net/ipv4/conf/all/rp_filter
                ipvsadm -D %s
                nft delete table ip holdfast-chance
                """
                        .formatted(service.substring(3)));
        // What was made anew is listed last.
        agent.awaitLines(() -> sh(EVERYTHING), receiving);
        agent.awaitRound();
        assertThat(agent.status())
                .contains("\"AddAddress\":1", "\"AddListener\":1", "\"SetLinkUp\":1")
                .contains("\"SetSysctl\":1", "\"AddService\":1", "\"second chance rules\":1");
    }
}
