package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.Forwarding;
import dev.holdfast.agent.kernel.Kernel;
import dev.holdfast.agent.kernel.KernelException;
import dev.holdfast.agent.kernel.Refusal;
import dev.holdfast.agent.kernel.Step;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.IpAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/// One round of observe, plan, apply, read back, over the whole or a part.
///
/// A refused step is reported and what does not depend on it goes on. When a refusal shows that the
/// picture was wrong, or the kernel does not hold what it said it took, the round looks again.
final class Round {

    private static final int PASSES_MAX = 3;

    private final Kernel kernel;
    private final World world;
    private final Ledger ledger;
    private final Target target;
    private final Supplier<Picture> picture;
    private final List<Step> taken = new ArrayList<>();
    private List<Refusal> refusals = new ArrayList<>();

    Round(Kernel kernel, World world, Ledger ledger, Target target, Supplier<Picture> picture) {
        this.kernel = kernel;
        this.world = world;
        this.ledger = ledger;
        this.target = target;
        this.picture = picture;
    }

    Outcome run() throws KernelException {
        List<Step> unsettled = List.of();
        for (int pass = 1; pass <= PASSES_MAX; pass++) {
            refusals = new ArrayList<>();
            int before = taken.size();
            pass();
            boolean stale = refusals.stream().anyMatch(r -> r.kind() == Refusal.Kind.STALE);
            unsettled =
                    refusals.isEmpty() && taken.size() > before
                            ? Planner.plan(target, picture.get())
                            : List.of();
            if (!stale && unsettled.isEmpty()) {
                break;
            }
            if (pass < PASSES_MAX) {
                world.readBack(target, refusals.stream().map(Refusal::step).toList());
            }
        }
        List<Failure> failures = new ArrayList<>(target.impossible());
        failures.addAll(failures());
        unsettled.forEach(
                step -> failures.add(failure(step, "taken, but the kernel does not show it")));
        return new Outcome(taken, failures);
    }

    private void pass() throws KernelException {
        take(Planner.foundation(target, picture.get()));
        Picture now = picture.get();
        take(Planner.tunnelRoutes(target, now.routes(), now.tunnels().keySet()));
        take(Planner.services(target, picture.get(), unreachable()));
        Picture last = picture.get();
        take(Planner.cleanup(target, last, address -> isPointedAt(last, address)));
    }

    private void take(List<Step> steps) throws KernelException {
        if (steps.isEmpty()) {
            return;
        }
        List<Refusal> refused = kernel.apply(steps);
        Set<Step> not = new HashSet<>();
        refused.forEach(refusal -> not.add(refusal.step()));
        for (Step step : steps) {
            if (!not.contains(step)) {
                ledger.taken(step);
                taken.add(step);
            }
        }
        refusals.addAll(refused);
        world.readBack(target, steps);
    }

    private Set<IpAddress> unreachable() {
        Set<IpAddress> addresses = new HashSet<>();
        for (TargetService service : target.services().values()) {
            for (TargetDestination one : service.destinations()) {
                IpAddress address = one.key().address();
                if (one.forwarding() instanceof Forwarding.Direct && !world.reaches(address)) {
                    addresses.add(address);
                }
            }
        }
        return addresses;
    }

    private static boolean isPointedAt(Picture seen, IpAddress address) {
        return seen.services().values().stream()
                .flatMap(service -> service.destinations().stream())
                .anyMatch(one -> one.destination().key().address().equals(address));
    }

    /// The first refusal of each resource: those after it are its consequences.
    private List<Failure> failures() {
        Map<String, Failure> first = new LinkedHashMap<>();
        for (Refusal refusal : refusals) {
            first.putIfAbsent(refusal.step().resource(), failure(refusal.step(), refusal.error()));
        }
        return List.copyOf(first.values());
    }

    private Failure failure(Step step, String error) {
        String resource =
                step instanceof Step.OnService on ? target.nameOf(on.service()) : step.resource();
        return new Failure(resource, step.operation(), error);
    }
}
