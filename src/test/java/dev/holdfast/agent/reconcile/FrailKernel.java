package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.Kernel;
import dev.holdfast.agent.kernel.KernelException;
import dev.holdfast.agent.kernel.KernelService;
import dev.holdfast.agent.kernel.LinkState;
import dev.holdfast.agent.kernel.Listener;
import dev.holdfast.agent.kernel.ObservedTunnel;
import dev.holdfast.agent.kernel.Refusal;
import dev.holdfast.agent.kernel.Route;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.kernel.Step;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// A kernel, real or not, on which the agent dies half-way, and that takes some steps not now.
final class FrailKernel implements Kernel {

    /// Stands for a kill of the agent between two steps.
    static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    private final Kernel kernel;
    private Predicate<Step> refuse = _ -> false;
    private int stepsLeft = Integer.MAX_VALUE;

    FrailKernel(Kernel kernel) {
        this.kernel = kernel;
    }

    /// The agent dies when it takes one more step than these.
    void killAfter(int steps) {
        stepsLeft = steps;
    }

    /// From now on such steps are refused.
    void refuse(Predicate<Step> steps) {
        refuse = steps;
    }

    @Override
    public Optional<TableSize> tableSize() {
        return kernel.tableSize();
    }

    @Override
    public List<Refusal> apply(List<Step> steps) throws KernelException {
        List<Refusal> refused = new ArrayList<>();
        List<Step> allowed = new ArrayList<>();
        for (Step step : steps) {
            if (refuse.test(step)) {
                refused.add(
                        new Refusal(step, Refusal.Kind.REFUSED, "EPERM: Operation not permitted"));
            } else {
                allowed.add(step);
            }
        }
        int taken = Math.min(stepsLeft, allowed.size());
        refused.addAll(kernel.apply(allowed.subList(0, taken)));
        stepsLeft -= taken;
        if (taken < allowed.size()) {
            throw new Killed();
        }
        return refused;
    }

    @Override
    public Map<String, String> sysctls(Set<String> names) throws KernelException {
        return kernel.sysctls(names);
    }

    @Override
    public Set<String> modules(Set<String> names) {
        return kernel.modules(names);
    }

    @Override
    public List<ObservedTunnel> tunnels() throws KernelException {
        return kernel.tunnels();
    }

    @Override
    public Optional<ObservedTunnel> tunnel(String name) throws KernelException {
        return kernel.tunnel(name);
    }

    @Override
    public List<Route> routes() throws KernelException {
        return kernel.routes();
    }

    @Override
    public List<KernelService> services() throws KernelException {
        return kernel.services();
    }

    @Override
    public Optional<KernelService> service(ServiceKey key) throws KernelException {
        return kernel.service(key);
    }

    @Override
    public Set<Listener> listeners() throws KernelException {
        return kernel.listeners();
    }

    @Override
    public Map<String, LinkState> links(Set<String> names) throws KernelException {
        return kernel.links(names);
    }

    @Override
    public Set<Prefix> addresses() throws KernelException {
        return kernel.addresses();
    }

    @Override
    public Set<Prefix> foreignAddresses() throws KernelException {
        return kernel.foreignAddresses();
    }
}
