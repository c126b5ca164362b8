package dev.holdfast.agent.report;

import static dev.holdfast.netlink.Commands.run;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.kernel.KernelService;
import dev.holdfast.agent.kernel.LinuxKernel;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.reconcile.Life;
import dev.holdfast.agent.reconcile.Role;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.lab.Apart;
import dev.holdfast.lab.Extent;
import dev.holdfast.lab.InGuest;
import dev.holdfast.maglev.Table;
import dev.holdfast.maglev.TableDigest;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Report;
import dev.holdfast.wire.ServicePort;
import dev.holdfast.wire.ServiceState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/// SAME-TABLE on a real kernel: three load balancers come to the same revision by different ways,
/// each in a network namespace of its own with a reconciler of its own: they miss revisions, drain,
/// delete and add again, die after a few operations, are refused some, start again, and find that
/// people have deleted, reordered, reweighted and added destinations. What each of them then reads
/// back has one digest, which is that of the desired state.
///
/// A restart is a new reconciler in the same process. `./check` runs the first 20 histories, the
/// long form (`-Dholdfast.lab.full=true`) 200.
@InGuest
class SameTableLabTest {

    private static final int HISTORIES = Extent.of(20, 200);
    private static final int LOAD_BALANCERS = 3;
    private static final int MOMENTS = 8;

    /// What one load balancer holds in the end.
    private record Held(List<Report.Table> tables, List<KernelService> services) {}

    @Test
    void loadBalancersWithDifferentPastsHoldOneTable() throws Exception {
        List<Apart> machines = new ArrayList<>();
        try {
            for (int i = 1; i <= LOAD_BALANCERS; i++) {
                machines.add(Apart.named("lb" + i));
            }
            List<LinuxKernel> kernels = new ArrayList<>();
            for (Apart machine : machines) {
                kernels.add(machine.ask(SameTableLabTest::furnished));
            }
            for (int seed = 0; seed < HISTORIES; seed++) {
                history(seed, machines, kernels);
            }
            System.out.println("histories: " + HISTORIES + ", seeds from 0");
        } finally {
            machines.forEach(Apart::close);
        }
    }

    private static LinuxKernel furnished() throws Exception {
        run("ip link set lo up");
        run("ip link add out type dummy");
        run("ip address add 10.2.1.2/24 dev out");
        run("ip link set out up");
        LinuxKernel kernel = LinuxKernel.open();
        Life.furnish(kernel);
        return kernel;
    }

    private static void history(int seed, List<Apart> machines, List<LinuxKernel> kernels)
            throws Exception {
        SplittableRandom random = new SplittableRandom(seed);
        Encapsulation.Kind[] kinds = Encapsulation.Kind.values();
        SiteModel site = new SiteModel("e1", kinds[seed % kinds.length]);
        List<NodeDesired> moments = new ArrayList<>();
        for (int i = 0; i < MOMENTS; i++) {
            for (int j = random.nextInt(4); j >= 0; j--) {
                site.change(random);
            }
            if (random.nextInt(3) == 0) {
                site.changeAffinity(random);
            }
            moments.add(site.desired());
        }
        List<Future<Life>> lives = new ArrayList<>();
        for (int i = 0; i < machines.size(); i++) {
            LinuxKernel kernel = kernels.get(i);
            SplittableRandom own = random.split();
            // In every fourth history the last one is new: it sees the end alone.
            int seen = i == machines.size() - 1 && seed % 4 == 0 ? 0 : 70;
            lives.add(machines.get(i).start(() -> live(kernel, moments, own, seen)));
        }
        for (Future<Life> life : lives) {
            Apart.get(life);
        }
        // Only now: while one of them changes, a list of another may have a service twice.
        List<Held> held = new ArrayList<>();
        for (int i = 0; i < machines.size(); i++) {
            Life life = Apart.get(lives.get(i));
            LinuxKernel kernel = kernels.get(i);
            held.add(machines.get(i).ask(() -> held(life, kernel, moments.getLast())));
        }
        List<Report.Table> wanted = wanted(site.desired());
        for (Held one : held) {
            assertThat(one.tables()).as("seed %d", seed).isEqualTo(wanted);
            assertThat(one.services()).as("seed %d", seed).isEqualTo(held.getFirst().services());
        }
    }

    /// @param seen percent of the moments that it hears of
    private static Life live(
            LinuxKernel kernel, List<NodeDesired> moments, SplittableRandom random, int seen)
            throws Exception {
        Life life = new Life(kernel);
        for (NodeDesired moment : moments) {
            if (random.nextInt(100) < seen) {
                life.meets(moment, random);
            }
        }
        life.settlesAt(moments.getLast());
        return life;
    }

    /// Looks at what there is in the end, and takes it away.
    private static Held held(Life life, LinuxKernel kernel, NodeDesired last) throws Exception {
        Held held = new Held(new Tables(life.reconciler()).of(last), services(kernel));
        life.reconciler().cleanup(Role.LOAD_BALANCER, last.vipRanges());
        assertThat(services(kernel)).extracting(KernelService::key).containsExactly(Life.FOREIGN);
        return held;
    }

    private static List<KernelService> services(LinuxKernel kernel) throws Exception {
        return kernel.services().stream().sorted(Comparator.comparing(KernelService::key)).toList();
    }

    /// Of the desired state alone, by a way of its own.
    private static List<Report.Table> wanted(NodeDesired state) {
        List<Report.Table> tables = new ArrayList<>();
        for (ServiceState service : state.services().sorted().values()) {
            TreeMap<String, Table> byPort = new TreeMap<>();
            for (ServicePort port : service.ports()) {
                ServiceKey key =
                        ServiceKey.at(
                                service.vip().address(),
                                Objects.requireNonNull(port.protocol()),
                                Objects.requireNonNull(port.port()));
                byPort.put(key.part(), WantedTable.of(service, port.port()));
            }
            tables.add(
                    new Report.Table(
                            service.name(),
                            TableDigest.ofService(byPort),
                            TableSize.DEFAULT.slots(),
                            null));
        }
        return tables;
    }
}
