package dev.holdfast.agent.reconcile;

import static dev.holdfast.netlink.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.kernel.KernelDestination;
import dev.holdfast.agent.kernel.KernelException;
import dev.holdfast.agent.kernel.LinuxKernel;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.kernel.Step;
import dev.holdfast.agent.kernel.Traffic;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.lab.InGuest;
import dev.holdfast.maglev.Destination;
import dev.holdfast.maglev.ServiceFamily;
import dev.holdfast.maglev.Table;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Protocol;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The kernel forgets the connections of a backend that is disabled, and of no other, and its table
/// is the one it was.
@InGuest
class CutLabTest {

    private static final int CLIENTS = 60;
    private static final int PATIENCE = 20;
    private static final int ROUNDS = 30;

    /// What leaves this machine for backends.
    private static final String COUNTED =
            """
            nft -f - <<'RULES'
            table ip counted {
                chain sent {
                    type filter hook postrouting priority filter; policy accept;
                    ip daddr 10.3.0.2 udp dport 6080 counter
                    ip daddr 10.3.1.2 udp dport 6080 counter
                    ip daddr 10.3.2.2 udp dport 6080 counter
                }
            }
            RULES
            """;

    private final SiteModel site = new SiteModel("e1").putService("shop", 3);
    private LinuxKernel kernel;
    private Reconciler reconciler;
    private ServiceKey key;
    private InetSocketAddress vip;

    @BeforeEach
    void aLoadBalancerWithFlowsToEveryBackend() throws Exception {
        run("ip link set lo up");
        run("ip link add out type dummy");
        run("ip address add " + Talk.CLIENT + "/16 dev out");
        run("ip link set out up");
        run(COUNTED);
        kernel = LinuxKernel.open();
        reconciler = new Reconciler(kernel);
        vip = new InetSocketAddress(site.vip("shop").toInetAddress(), 53);
        key = ServiceKey.at(site.vip("shop"), Protocol.UDP, 53);
        assertThat(reconciler.full(site.desired()).failures()).isEmpty();
        for (int port = 0; port < CLIENTS; port++) {
            Talk.say(vip, 20_000 + port);
        }
    }

    @AfterEach
    void clear() throws Exception {
        kernel.apply(
                kernel.services().stream()
                        .<Step>map(service -> new Step.RemoveService(service.key()))
                        .toList());
        kernel.close();
        run("ip link del out");
        run("nft delete table ip counted");
    }

    /// Flows of UDP that the kernel remembers, by the addresses of backends.
    private Map<String, Long> flows() throws KernelException {
        Map<String, Long> flows = new TreeMap<>();
        for (Traffic one : kernel.traffic()) {
            if (one.service().equals(key)) {
                flows.put(one.destination().address().toString(), one.connections());
            }
        }
        return flows;
    }

    /// The kernel ends connections in its own time.
    private void awaitNoFlowsTo(String address, NodeDesired state) throws KernelException {
        for (int i = 0; i < PATIENCE && flows().getOrDefault(address, 0L) > 0; i++) {
            reconciler.full(state);
        }
    }

    private List<String> list() throws KernelException {
        return kernel.service(key).orElseThrow().destinations().stream()
                .map(one -> one.key().address() + " " + one.weight())
                .toList();
    }

    @Test
    void aDisabledBackendLosesItsFlowsAndKeepsItsPlace() throws Exception {
        Map<String, Long> before = flows();
        assertThat(before).hasSize(3).allSatisfy((_, flows) -> assertThat(flows).isPositive());
        NodeDesired disabled = site.disable("shop", "web0").desired();

        reconciler.change(disabled);
        awaitNoFlowsTo("10.3.0.2", disabled);

        before.put("10.3.0.2", 0L);
        assertThat(flows()).isEqualTo(before);
        assertThat(list()).containsExactly("10.3.0.2 0", "10.3.1.2 2", "10.3.2.2 3");
        assertThat(reconciler.full(disabled).taken()).isEmpty();
        assertThat(kernel.sysctls(java.util.Set.of("net/ipv4/vs/expire_nodest_conn")))
                .containsValue("0");
    }

    @Test
    void aDestinationThatGoesForItsPlaceAndComesBackFindsItsFlows() throws Exception {
        Map<String, Long> before = flows();
        var first = kernel.service(key).orElseThrow().destinations().getFirst();
        kernel.apply(
                List.of(
                        new Step.RemoveDestination(key, first.key()),
                        new Step.AddDestination(key, first)));
        assertThat(list()).last().isEqualTo("10.3.0.2 1");

        assertThat(reconciler.full(site.desired()).failures()).isEmpty();

        assertThat(list()).containsExactly("10.3.0.2 1", "10.3.1.2 2", "10.3.2.2 3");
        assertThat(flows()).isEqualTo(before);
    }

    /// While the last is still to go, packets come that belong to those that have gone, and whose
    /// slots are its own as long as it is there.
    @Test
    void whatIsScheduledAnewNeverComesToOneThatIsToGo() throws Exception {
        int from = 30_000;
        for (int round = 0; round < ROUNDS; round++) {
            List<KernelDestination> all = kernel.service(key).orElseThrow().destinations();
            KernelDestination first = all.get(1);
            KernelDestination last = all.get(2);
            Table before = table(all);
            Table meanwhile = table(List.of(all.getFirst(), last));
            List<Integer> ports =
                    IntStream.iterate(from, port -> port + 1)
                            .filter(port -> owner(before, port).equals(first.key().address()))
                            .filter(port -> owner(meanwhile, port).equals(last.key().address()))
                            .limit(CLIENTS)
                            .boxed()
                            .toList();
            from = ports.getLast() + 1;
            long earlier = packetsTo(last);

            try (Talk talk = Talk.to(vip, ports)) {
                talk.awaitAll();
                kernel.apply(
                        List.of(
                                new Step.CutDestination(key, first),
                                new Step.CutDestination(key, last)));
                talk.awaitAll();
            }

            assertThat(packetsTo(last)).as("round %d", round).isEqualTo(earlier);
            assertThat(packetsTo(all.getFirst())).as("round %d", round).isPositive();
            assertThat(reconciler.full(site.desired()).failures()).isEmpty();
        }
    }

    private static Table table(List<KernelDestination> oldestFirst) {
        return Table.ofAscending(
                TableSize.DEFAULT,
                ServiceFamily.IPV4,
                oldestFirst.stream()
                        .map(one ->
                                Destination.serving(
                                        one.key().address().toInetAddress(),
                                        one.key().port(),
                                        one.weight()))
                        .toList());
    }

    private static IpAddress owner(Table table, int port) {
        int chosen = table.find(table.family().key(InetAddress.ofLiteral(Talk.CLIENT), port));
        return IpAddress.of(table.destinations().get(chosen).address());
    }

    private static long packetsTo(KernelDestination destination) throws Exception {
        String counted =
                run("nft list table ip counted | grep " + destination.key().address() + " ");
        return Long.parseLong(counted.replaceAll("(?s).*packets (\\d+).*", "$1"));
    }
}
