package dev.holdfast.agent.report;

import static dev.holdfast.netlink.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.kernel.LinuxKernel;
import dev.holdfast.agent.reconcile.Life;
import dev.holdfast.agent.reconcile.Role;
import dev.holdfast.agent.report.Backends.Flow;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.lab.Apart;
import dev.holdfast.lab.Extent;
import dev.holdfast.lab.InGuest;
import dev.holdfast.maglev.Table;
import dev.holdfast.wire.Affinity;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.ServiceState;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// The kernel's own choice, flow by flow, is what `maglev` says: after random histories of a load
/// balancer with weights, drains, cuts, backends that leave and join again, kills and tampering, of
/// both affinities, IPv4 and IPv6, GUE and FOU. Connections of earlier flows are there all the
/// while.
///
/// `./check` sends 5,000 flows, the long form (`-Dholdfast.lab.full=true`) 20,000.
@InGuest
class FlowsLabTest {

    private static final int FLOWS = Extent.of(5_000, 20_000);
    private static final int PORT = 53;
    private static final int HOSTS = 7;
    private static final int BURST = 40; // what the buffer of one socket surely holds
    private static final int CHECKS = 3;

    private final Map<String, Integer> kinds = new HashMap<>();
    private final Map<Flow, Integer> foretold = new HashMap<>();
    private final Map<Flow, Integer> went = new HashMap<>();

    @Test
    void everyFlowGoesWhereItsTableSays() throws Exception {
        try (Apart balancer = Apart.named("lb");
                Apart hosts = Apart.named("hosts")) {
            LinuxKernel kernel = balancer.ask(() -> balancer(hosts.id()));
            try (Backends backends = hosts.ask(FlowsLabTest::hosts)) {
                for (int seed = 0; foretold.size() < FLOWS; seed++) {
                    history(seed, balancer, kernel, backends);
                }
            }
        }
        assertThat(kinds).hasSize(8);
        System.out.println(foretold.size() + " flows: " + kinds);
    }

    private void history(int seed, Apart balancer, LinuxKernel kernel, Backends backends)
            throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Encapsulation.Kind kind = seed % 2 == 0 ? Encapsulation.Kind.GUE : Encapsulation.Kind.FOU;
        SiteModel site = new SiteModel("e1", kind).putService("s6", 5);
        Life life = balancer.ask(() -> new Life(kernel));
        for (int check = 0; check < CHECKS; check++) {
            for (int i = 0; i < 4; i++) {
                for (int j = random.nextInt(4); j >= 0; j--) {
                    site.change(random);
                }
                NodeDesired state = site.desired();
                balancer.ask(() -> {
                    life.meets(state, random);
                    return state;
                });
            }
            assertThat(wrongAt(site, kind, life, random, balancer, backends))
                    .as("seed %d, check %d", seed, check)
                    .isEmpty();
            site.changeAffinities();
            assertThat(wrongAt(site, kind, life, random, balancer, backends))
                    .as("seed %d, check %d, with the other affinities", seed, check)
                    .isEmpty();
            site.putService("s6", 5);
        }
        balancer.ask(
                () -> life.reconciler().cleanup(Role.LOAD_BALANCER, site.desired().vipRanges()));
    }

    /// Flows that went elsewhere than the table of this state says.
    private List<String> wrongAt(
            SiteModel site,
            Encapsulation.Kind kind,
            Life life,
            RandomGenerator random,
            Apart balancer,
            Backends backends)
            throws Exception {
        NodeDesired state = site.desired();
        balancer.ask(() -> {
            life.settlesAt(state);
            return state;
        });
        for (ServiceState service : state.services().sorted().values()) {
            send(service, kind, random, balancer, backends);
        }
        return foretold.entrySet().stream()
                .filter(one -> !one.getValue().equals(went.get(one.getKey())))
                .map(one -> one + " went to " + went.get(one.getKey()))
                .toList();
    }

    private void send(
            ServiceState service,
            Encapsulation.Kind kind,
            RandomGenerator random,
            Apart balancer,
            Backends backends)
            throws Exception {
        if (service.destinations().stream().noneMatch(one -> one.serving())) {
            return;
        }
        boolean six = service.vip().address().family() == Family.IPV6;
        InetSocketAddress vip =
                new InetSocketAddress(service.vip().address().toInetAddress(), PORT);
        Table table = WantedTable.of(service, PORT);
        for (int bursts = six ? 4 : 2; bursts > 0; bursts--) {
            List<Flow> fresh = new ArrayList<>();
            while (fresh.size() < BURST) {
                Flow flow = new Flow(client(six, random), random.nextInt(1024, 65536));
                if (foretold.putIfAbsent(flow, host(service, table, flow)) == null) {
                    fresh.add(flow);
                }
            }
            assertThat(balancer.ask(() -> send(fresh, vip))).isEqualTo(BURST);
            backends.take(fresh.size(), went);
            kinds.merge(
                    "%s %s %s"
                            .formatted(service.vip().address().family(), service.affinity(), kind),
                    fresh.size(),
                    Integer::sum);
        }
    }

    /// The number of the host that `maglev` names.
    private static int host(ServiceState service, Table table, Flow flow) {
        int key =
                service.affinity() == Affinity.CONNECTION
                        ? table.family().key(flow.client(), flow.port())
                        : table.family().key(flow.client());
        // The table has the newest first.
        var chosen = service.destinations().reversed().get(table.find(key));
        return Integer.parseInt(Objects.requireNonNull(chosen.host()).substring("web".length()));
    }

    private static InetAddress client(boolean six, RandomGenerator random) throws IOException {
        byte[] address = InetAddress.ofLiteral(six ? "fd00:1::" : "10.1.0.0").getAddress();
        for (int i = address.length / 2; i < address.length; i++) {
            address[i] = (byte) random.nextInt(256);
        }
        return InetAddress.getByAddress(address);
    }

    private static int send(List<Flow> flows, InetSocketAddress vip) throws IOException {
        for (Flow flow : flows) {
            try (DatagramChannel channel =
                    DatagramChannel.open()
                            .bind(new InetSocketAddress(flow.client(), flow.port()))) {
                channel.send(ByteBuffer.allocate(1), vip);
            }
        }
        return flows.size();
    }

    /// @param hosts the namespace of the hosts, at the other end of the wire
    private static LinuxKernel balancer(long hosts) throws Exception {
        run("ip link set lo up");
        run(
                "ip link add out address 02:00:00:00:00:02 type veth"
                        + " peer name in address 02:00:00:00:00:01 netns "
                        + hosts);
        run("ip address add 10.2.1.2/24 dev out");
        run("ip link set out up");
        run("ip neighbour add 10.2.1.1 lladdr 02:00:00:00:00:01 dev out");
        run("ip route add 10.3.0.0/16 via 10.2.1.1");
        run("ip route add local 10.1.0.0/16 dev lo");
        run("ip route add local fd00:1::/64 dev lo");
        run("sysctl -q -w net.ipv6.ip_nonlocal_bind=1");
        LinuxKernel kernel = LinuxKernel.open();
        Life.furnish(kernel);
        return kernel;
    }

    private static Backends hosts() throws Exception {
        run("ip link set lo up");
        run("ip address add 10.2.1.1/24 dev in");
        run("ip link set in up");
        for (int host = 0; host < HOSTS; host++) {
            run("ip address add " + Backends.address(host) + "/32 dev lo");
        }
        return Backends.open(HOSTS);
    }
}
