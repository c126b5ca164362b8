package dev.holdfast.agent.reconcile;

import static dev.holdfast.netlink.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.kernel.KernelException;
import dev.holdfast.agent.kernel.LinuxKernel;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.kernel.Step;
import dev.holdfast.agent.kernel.Traffic;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.lab.InGuest;
import dev.holdfast.wire.Protocol;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// The kernel forgets the connections of a backend that is disabled, and of no other, and its table
/// is the one it was.
@InGuest
class CutLabTest {

    private static final int CLIENTS = 60;
    private static final int PATIENCE = 20;

    private final SiteModel site = new SiteModel("e1").putService("shop", 3);
    private LinuxKernel kernel;
    private Reconciler reconciler;
    private ServiceKey key;

    @BeforeEach
    void aLoadBalancerWithFlowsToEveryBackend() throws Exception {
        run("ip link set lo up");
        run("ip link add out type dummy");
        run("ip address add 10.3.200.1/16 dev out");
        run("ip link set out up");
        kernel = LinuxKernel.open();
        reconciler = new Reconciler(kernel);
        InetAddress vip = site.vip("shop").toInetAddress();
        key = ServiceKey.at(site.vip("shop"), Protocol.UDP, 53);
        assertThat(reconciler.full(site.desired()).failures()).isEmpty();
        for (int port = 0; port < CLIENTS; port++) {
            say(vip, 20_000 + port);
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
    }

    private static void say(InetAddress vip, int from) throws IOException {
        try (DatagramSocket socket =
                new DatagramSocket(new InetSocketAddress("10.3.200.1", from))) {
            socket.send(new DatagramPacket(new byte[1], 1, vip, 53));
        }
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
}
