package dev.holdfast.agent.reconcile;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.kernel.DestinationKey;
import dev.holdfast.agent.kernel.Forwarding;
import dev.holdfast.agent.kernel.Kernel;
import dev.holdfast.agent.kernel.KernelDestination;
import dev.holdfast.agent.kernel.KernelException;
import dev.holdfast.agent.kernel.KernelService;
import dev.holdfast.agent.kernel.ObservedTunnel;
import dev.holdfast.agent.kernel.Scheduling;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.kernel.Step;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Protocol;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

/// One agent's life on one machine, as its loop drives it, with the disk it finds again after a
/// kill: changes, kills half-way, restarts, refusals, and people who change things by hand.
public final class Life {

    /// An operator's own service, which is there before the agent.
    public static final ServiceKey FOREIGN =
            ServiceKey.at(IpAddress.parse("192.0.2.7"), Protocol.TCP, 80);

    private final FrailKernel kernel;
    private Reconciler reconciler;
    private NodeDesired disk;
    private boolean clean;

    public Life(Kernel kernel) {
        this.kernel = new FrailKernel(kernel);
        this.reconciler = new Reconciler(this.kernel);
        this.disk = new SiteModel("e1").desired();
    }

    /// Makes the operator's service.
    public static void furnish(Kernel kernel) throws KernelException {
        kernel.apply(
                List.of(
                        new Step.LoadModule("ip_vs"),
                        new Step.LoadModule("ip_vs_rr"),
                        new Step.AddService(FOREIGN, new Scheduling("rr", Set.of())),
                        new Step.AddDestination(FOREIGN, direct("10.9.9.9", 7))));
    }

    /// The agent as it is now.
    public Reconciler reconciler() {
        return reconciler;
    }

    /// It is given this state, and anything may happen on the way.
    public void meets(NodeDesired state, RandomGenerator random) throws KernelException {
        switch (random.nextInt(6)) {
            case 0 -> killedWhileChangingTo(state, random.nextInt(12));
            case 1 -> refusedWhileChangingTo(state, random);
            case 2 -> {
                tamper(random);
                changeTo(state);
                fullRound();
            }
            case 3 -> {
                changeTo(state);
                restart();
            }
            default -> changeTo(state);
        }
    }

    /// It is given this state, and has the time to mend everything.
    public void settlesAt(NodeDesired state) {
        changeTo(state);
        fullRound();
    }

    void changeTo(NodeDesired state) {
        disk = state;
        clean = false;
        clean = reconciler.change(state).failures().isEmpty();
    }

    private List<Step> fullRound() {
        clean = false;
        Outcome outcome = reconciler.full(disk);
        assertThat(outcome.failures()).isEmpty();
        clean = true;
        return outcome.taken();
    }

    private void killedWhileChangingTo(NodeDesired state, int steps) {
        kernel.killAfter(steps);
        try {
            changeTo(state);
        } catch (FrailKernel.Killed expected) {
            clean = false;
        }
        kernel.killAfter(Integer.MAX_VALUE);
        restart();
    }

    private void refusedWhileChangingTo(NodeDesired state, RandomGenerator random) {
        kernel.refuse(_ -> random.nextInt(3) == 0);
        changeTo(state);
        kernel.refuse(_ -> false);
    }

    private void restart() {
        reconciler = new Reconciler(kernel);
        if (clean) {
            reconciler.trust(disk);
            assertThat(fullRound()).as("a restart changes nothing").isEmpty();
        } else {
            fullRound();
        }
    }

    /// Somebody's hands: one thing that no agent asked for.
    private void tamper(RandomGenerator random) throws KernelException {
        List<KernelService> all =
                kernel.services().stream()
                        .filter(s -> !s.key().equals(FOREIGN))
                        .sorted(Comparator.comparing(KernelService::key))
                        .toList(); // the kernel's order is another one in each namespace
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

    private static KernelDestination direct(String address, int weight) {
        return new KernelDestination(
                new DestinationKey(IpAddress.parse(address), 80), new Forwarding.Direct(), weight);
    }
}
