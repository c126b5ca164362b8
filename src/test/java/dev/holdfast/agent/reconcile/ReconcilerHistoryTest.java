package dev.holdfast.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.kernel.DestinationKey;
import dev.holdfast.agent.kernel.FakeKernel;
import dev.holdfast.agent.kernel.Forwarding;
import dev.holdfast.agent.kernel.KernelDestination;
import dev.holdfast.agent.kernel.KernelService;
import dev.holdfast.agent.kernel.ObservedTunnel;
import dev.holdfast.agent.kernel.Scheduling;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.kernel.Step;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Protocol;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// SAME-TABLE: whatever happened on the way, at the same revision the kernel holds the same.
class ReconcilerHistoryTest {

    private static final ServiceKey FOREIGN =
            ServiceKey.at(IpAddress.parse("192.0.2.7"), Protocol.TCP, 80);

    /// One agent's life on one machine: changes, kills half-way, restarts, refusals, and people who
    /// change things by hand. In the end it must hold what a machine holds that saw only the end.
    @ParameterizedTest
    @EnumSource(Encapsulation.Kind.class)
    void everyHistoryEndsInTheSameKernel(Encapsulation.Kind kind) {
        for (int seed = 0; seed < 30; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            SiteModel site = new SiteModel("e1", kind);
            FakeKernel kernel = machine();
            Life life = new Life(kernel);
            for (int i = 0; i < 25; i++) {
                for (int j = random.nextInt(3); j >= 0; j--) {
                    site.change(random);
                }
                connect(kernel, random);
                switch (random.nextInt(6)) {
                    case 0 -> life.killedWhileChangingTo(site.desired(), random.nextInt(12));
                    case 1 -> life.refusedWhileChangingTo(site.desired(), random);
                    case 2 -> {
                        tamper(kernel, random);
                        life.changeTo(site.desired());
                        life.fullRound();
                    }
                    case 3 -> {
                        life.changeTo(site.desired());
                        life.restart();
                    }
                    default -> life.changeTo(site.desired());
                }
            }
            life.changeTo(site.desired());
            life.fullRound();
            FakeKernel fresh = machine();
            new Life(fresh).changeTo(site.desired());
            assertThat(kernel.dump()).as("seed %d", seed).isEqualTo(fresh.dump());
        }
    }

    @ParameterizedTest
    @EnumSource(Encapsulation.Kind.class)
    void aDeltaTouchesOnlyWhatItChanges(Encapsulation.Kind kind) {
        SiteModel site = new SiteModel("e1", kind);
        for (int i = 0; i < 40; i++) {
            site.putService("s" + i, 5);
        }
        FakeKernel kernel = machine();
        Life life = new Life(kernel);
        life.changeTo(site.desired());
        int before = kernel.taken().size();
        int looks = kernel.looks();
        life.changeTo(site.putService("s7", 4).desired());
        List<Step> steps = kernel.taken().subList(before, kernel.taken().size());
        assertThat(steps).isNotEmpty().hasSizeLessThanOrEqualTo(40);
        Set<ServiceKey> keys = Set.copyOf(keysOf(steps));
        assertThat(keys).hasSize(2); // its TCP and its UDP port
        assertThat(kernel.looks() - looks).isLessThanOrEqualTo(4);
    }

    private static List<ServiceKey> keysOf(List<Step> steps) {
        return steps.stream().map(step -> ((Step.OnService) step).service()).toList();
    }

    private static FakeKernel machine() {
        FakeKernel kernel = new FakeKernel();
        kernel.apply(
                List.of(
                        new Step.LoadModule("ip_vs"),
                        new Step.LoadModule("ip_vs_rr"),
                        new Step.AddService(FOREIGN, new Scheduling("rr", Set.of())),
                        new Step.AddDestination(FOREIGN, direct("10.9.9.9", 7))));
        return kernel;
    }

    private static KernelDestination direct(String address, int weight) {
        return new KernelDestination(
                new DestinationKey(IpAddress.parse(address), 80), new Forwarding.Direct(), weight);
    }

    /// A client comes to any backend that takes new connections.
    private static void connect(FakeKernel kernel, SplittableRandom random) {
        for (KernelService service : kernel.services()) {
            if (!service.destinations().isEmpty()) {
                KernelDestination one =
                        service.destinations().get(random.nextInt(service.destinations().size()));
                if (one.weight() > 0) {
                    kernel.connect(service.key(), one.key());
                }
            }
        }
    }

    /// Somebody's hands: one thing that no agent asked for.
    private static void tamper(FakeKernel kernel, SplittableRandom random) {
        List<KernelService> all =
                kernel.services().stream().filter(s -> !s.key().equals(FOREIGN)).toList();
        if (all.isEmpty()) {
            return;
        }
        KernelService service = all.get(random.nextInt(all.size()));
        ServiceKey key = service.key();
        List<ObservedTunnel> tunnels = kernel.tunnels();
        int what = random.nextInt(7);
        if (what == 0) {
            kernel.apply(List.of(new Step.RemoveService(key)));
        } else if (what == 1) {
            kernel.apply(List.of(new Step.EditService(key, new Scheduling("sh", Set.of()))));
        } else if (what == 2) {
            kernel.apply(List.of(new Step.AddDestination(key, direct("10.9.9.9", 1))));
        } else if (what == 3 && !tunnels.isEmpty()) {
            ObservedTunnel one = tunnels.get(random.nextInt(tunnels.size()));
            kernel.apply(List.of(new Step.RemoveTunnel(one.tunnel().name())));
        } else if (!service.destinations().isEmpty()) {
            KernelDestination one =
                    service.destinations().get(random.nextInt(service.destinations().size()));
            Step edit = new Step.EditDestination(key, one.withWeight(random.nextInt(1, 9)));
            Step remove = new Step.RemoveDestination(key, one.key());
            Step add = new Step.AddDestination(key, one.withWeight(1 + one.weight()));
            kernel.apply(
                    switch (what) {
                        case 4 -> List.of(edit);
                        case 5 -> List.of(remove);
                        default -> List.of(remove, add);
                    });
        }
    }

    /// The agent as its loop drives it, with the disk it finds again after a kill.
    private static final class Life {

        private final FakeKernel kernel;
        private Reconciler reconciler;
        private NodeDesired disk;
        private boolean clean;

        Life(FakeKernel kernel) {
            this.kernel = kernel;
            this.reconciler = new Reconciler(kernel);
            this.disk = new SiteModel("e1").desired();
        }

        void changeTo(NodeDesired state) {
            disk = state;
            clean = false;
            clean = reconciler.change(state).failures().isEmpty();
        }

        void fullRound() {
            clean = false;
            Outcome outcome = reconciler.full(disk);
            assertThat(outcome.failures()).isEmpty();
            clean = true;
        }

        void killedWhileChangingTo(NodeDesired state, int steps) {
            kernel.killAfter(steps);
            try {
                changeTo(state);
            } catch (FakeKernel.Killed expected) {
                clean = false;
            }
            kernel.killAfter(Integer.MAX_VALUE);
            restart();
        }

        void refusedWhileChangingTo(NodeDesired state, SplittableRandom random) {
            kernel.refuse(_ -> random.nextInt(3) == 0);
            changeTo(state);
            kernel.refuse(_ -> false);
        }

        void restart() {
            reconciler = new Reconciler(kernel);
            if (clean) {
                reconciler.trust(disk);
                int before = kernel.taken().size();
                fullRound();
                assertThat(kernel.taken().subList(before, kernel.taken().size()))
                        .as("a restart changes nothing")
                        .isEmpty();
            } else {
                fullRound();
            }
        }
    }
}
