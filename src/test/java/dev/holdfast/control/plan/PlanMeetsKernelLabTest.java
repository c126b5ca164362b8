package dev.holdfast.control.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.agent.kernel.LinuxKernel;
import dev.holdfast.agent.reconcile.Reconciler;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.control.desired.Turn;
import dev.holdfast.lab.InGuest;
import dev.holdfast.maglev.Table;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.Protocol;
import dev.holdfast.wire.ServicePort;
import dev.holdfast.wire.ServiceState;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/// What is said of a change beforehand is what the kernel does, flow by flow: random changes of a
/// service, carried out by the agent's reconciler.
@InGuest
class PlanMeetsKernelLabTest {

    private static final String SERVICE = "s3";
    private static final int PORT = 53;
    private static final int FLOWS = 2000;
    private static final int FIRST_PORT = 20_000;
    private static final int CHANGES = 2;

    @Test
    void flowsGoWhereThePlanSays() throws Exception {
        long seed = System.nanoTime();
        RandomGenerator random = new SplittableRandom(seed);
        someNetwork();
        SiteModel site = new SiteModel("e1").putService(SERVICE, 6);
        try (LinuxKernel kernel = LinuxKernel.open()) {
            Reconciler reconciler = new Reconciler(kernel);
            ServiceState before = service(site);
            assertThat(reconciler.full(site.desired()).failures()).isEmpty();
            Map<Integer, String> went = sendAll(before, 0);
            assertThat(went).as("seed %d", seed).isEqualTo(foretold(before, 0));
            for (int change = 1; change <= CHANGES; change++) {
                ServiceState after = changed(site, before, random);
                assertThat(reconciler.change(site.desired()).failures()).isEmpty();

                Map<Integer, String> goes = sendAll(after, change);

                String what = "seed %d: %s -> %s".formatted(seed, before, after);
                assertThat(goes).as(what).isEqualTo(foretold(after, change));
                Movement plan = Movement.of(new Turn<>(SERVICE, before, after));
                Map<Integer, String> from = went;
                long moved =
                        goes.entrySet().stream()
                                .filter(e -> !e.getValue().equals(from.get(e.getKey())))
                                .count();
                // The plan speaks of all flows; of 2,000 one standard deviation is 1.1 %.
                assertThat((double) moved / FLOWS).as(what).isCloseTo(plan.moved(), within(0.06));
                before = after;
                went = goes;
            }
        }
    }

    /// The next state of the service in which anybody serves and something is different.
    private static ServiceState changed(
            SiteModel site, ServiceState before, RandomGenerator random) {
        while (true) {
            site.change(random);
            boolean there =
                    Objects.requireNonNull(site.full().services()).stream()
                            .anyMatch(one -> one.name().equals(SERVICE));
            if (there) {
                ServiceState after = service(site);
                if (!after.equals(before)
                        && after.destinations().stream().anyMatch(Destination::serving)) {
                    return after;
                }
            }
        }
    }

    /// With the one port that packets are sent to, whose table it is about.
    private static ServiceState service(SiteModel site) {
        ServiceState all =
                Objects.requireNonNull(site.full().services()).stream()
                        .filter(one -> one.name().equals(SERVICE))
                        .findFirst()
                        .orElseThrow();
        return new ServiceState(
                all.name(),
                all.vip(),
                List.of(new ServicePort(Protocol.UDP, PORT)),
                all.affinity(),
                all.allowedSources(),
                all.healthCheck(),
                all.announce(),
                all.destinations());
    }

    private static Map<Integer, String> foretold(ServiceState service, int round)
            throws IOException {
        Table table = Tables.of(service, PORT);
        Map<Integer, String> destinations = new TreeMap<>();
        for (int flow = 0; flow < FLOWS; flow++) {
            int key = table.family().key(client(round), FIRST_PORT + flow - round);
            int found = table.find(key);
            destinations.put(flow, table.destinations().get(found).address().getHostAddress());
        }
        return destinations;
    }

    /// Sends a packet of each flow, and reads where the kernel sent it.
    ///
    /// The kernel remembers flows, so each round has clients of its own. It hashes the sum of
    /// address and port: with an address that is one higher and a port that is one lower a flow is
    /// the same to the table.
    private static Map<Integer, String> sendAll(ServiceState service, int round)
            throws IOException {
        InetAddress vip = service.vip().address().toInetAddress();
        DatagramPacket packet = new DatagramPacket(new byte[1], 1, vip, PORT);
        for (int flow = 0; flow < FLOWS; flow++) {
            int port = FIRST_PORT + flow - round;
            try (DatagramSocket socket =
                    new DatagramSocket(new InetSocketAddress(client(round), port))) {
                socket.send(packet);
            }
        }
        return remembered(round);
    }

    private static Map<Integer, String> remembered(int round) throws IOException {
        String client = HexFormat.of().withUpperCase().formatHex(client(round).getAddress());
        Map<Integer, String> destinations = new TreeMap<>();
        for (String line : Files.readAllLines(Path.of("/proc/net/ip_vs_conn"))) {
            String[] columns = line.split(" +", -1);
            if (columns.length > 6 && columns[0].equals("UDP") && columns[1].equals(client)) {
                byte[] address = HexFormat.of().parseHex(columns[5]);
                destinations.put(
                        Integer.parseInt(columns[2], 16) - FIRST_PORT + round,
                        InetAddress.getByAddress(address).getHostAddress());
            }
        }
        return destinations;
    }

    private static InetAddress client(int round) {
        return InetAddress.ofLiteral("203.0.113." + (7 + round));
    }

    /// Somewhere for packets to go.
    private static void someNetwork() throws IOException, InterruptedException {
        sh("ip link add away type dummy");
        sh("ip link set away up");
        sh("ip address add 10.2.1.2/24 dev away");
        sh("ip route add default via 10.2.1.1 dev away");
        sh("ip neighbour add 10.2.1.1 lladdr 02:00:00:00:00:01 dev away");
        for (int round = 0; round <= CHANGES; round++) {
            sh("ip address add " + client(round).getHostAddress() + "/32 dev lo");
        }
    }

    private static void sh(String command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("sh", "-c", command).redirectErrorStream(true).start();
        String said = new String(process.getInputStream().readAllBytes(), UTF_8);
        assertThat(process.waitFor()).as("%s: %s", command, said).isZero();
    }
}
