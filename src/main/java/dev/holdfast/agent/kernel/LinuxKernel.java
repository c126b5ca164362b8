package dev.holdfast.agent.kernel;

import dev.holdfast.maglev.TableSize;
import dev.holdfast.netlink.Errno;
import dev.holdfast.netlink.NetlinkException;
import dev.holdfast.netlink.sysctl.Sysctl;
import dev.holdfast.netlink.sysctl.SysctlException;
import dev.holdfast.wire.Prefix;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The kernel of this machine, in the network namespace the agent was started in.
public final class LinuxKernel implements Kernel, AutoCloseable {

    private final Sysctl sysctl = new Sysctl();
    private final Modules modules = new Modules();
    private final LinuxIpvs ipvs = new LinuxIpvs();
    private final LinuxListeners listeners = new LinuxListeners();
    private final LinuxCuts cuts = new LinuxCuts(sysctl);
    private final Optional<TableSize> tableSize = KernelBuild.here().tableSize();
    private final LinuxNetwork network;

    private LinuxKernel(LinuxNetwork network) {
        this.network = network;
    }

    public static LinuxKernel open() throws KernelException {
        return asking("open netlink", () -> new LinuxKernel(LinuxNetwork.open()));
    }

    @Override
    public Optional<TableSize> tableSize() {
        return tableSize;
    }

    @Override
    public Map<String, String> sysctls(Set<String> names) throws KernelException {
        Map<String, String> values = new HashMap<>();
        for (String name : names) {
            try {
                sysctl.find(name).ifPresent(value -> values.put(name, value));
            } catch (SysctlException e) {
                throw new KernelException(String.valueOf(e.getMessage()), e);
            }
        }
        return values;
    }

    @Override
    public Set<String> modules(Set<String> names) {
        return modules.present(names);
    }

    @Override
    public List<ObservedTunnel> tunnels() throws KernelException {
        return asking("list links", network::tunnels);
    }

    @Override
    public Optional<ObservedTunnel> tunnel(String name) throws KernelException {
        return asking("look for link " + name, () -> network.tunnel(name));
    }

    @Override
    public List<Route> routes() throws KernelException {
        return asking("list routes", network::routes);
    }

    /// What goes to every destination of IPVS.
    public List<Traffic> traffic() throws KernelException {
        return asking("read counters of IPVS", ipvs::traffic);
    }

    /// Packets that each service of IPVS took since it was made.
    public Map<ServiceKey, Long> packets() throws KernelException {
        return asking("read counters of IPVS", ipvs::packets);
    }

    @Override
    public List<KernelService> services() throws KernelException {
        return asking("list services", ipvs::services);
    }

    @Override
    public Optional<KernelService> service(ServiceKey key) throws KernelException {
        return asking("look for service " + key, () -> ipvs.service(key));
    }

    @Override
    public Set<Listener> listeners() throws KernelException {
        return asking("list listeners", listeners::list);
    }

    @Override
    public Map<String, LinkState> links(Set<String> names) throws KernelException {
        return asking("list links", () -> network.links(names));
    }

    @Override
    public Set<Prefix> addresses() throws KernelException {
        return asking("list addresses", () -> network.addresses(true));
    }

    @Override
    public Set<Prefix> foreignAddresses() throws KernelException {
        return asking("list addresses", () -> network.addresses(false));
    }

    /// Steps on IPVS that follow each other travel together: there can be thousands.
    @Override
    public List<Refusal> apply(List<Step> steps) throws KernelException {
        List<Refusal> refused = new ArrayList<>();
        List<Step.OnService> together = new ArrayList<>();
        for (Step step : steps) {
            boolean fits =
                    together.isEmpty()
                            || step instanceof Step.CutDestination
                                    == together.getFirst() instanceof Step.CutDestination;
            if (!fits || !(step instanceof Step.OnService)) {
                refused.addAll(flush(together));
            }
            if (step instanceof Step.OnService onService) {
                together.add(onService);
            } else {
                take(step).ifPresent(refused::add);
            }
        }
        refused.addAll(flush(together));
        return refused;
    }

    private List<Refusal> flush(List<Step.OnService> together) {
        if (together.isEmpty()) {
            return List.of();
        }
        List<Step.OnService> steps = List.copyOf(together);
        together.clear();
        try {
            return steps.getLast() instanceof Step.CutDestination last
                    ? cut(steps, last)
                    : place(steps);
        } catch (IOException | RuntimeException e) {
            return steps.stream().map(step -> refusal(step, e)).toList();
        }
    }

    /// Connections are forgotten when all destinations have gone: while one is still to go, what is
    /// scheduled anew could come to it and not to where the final table has it. The kernel forgets
    /// as a destination goes, so the last of several comes back to go once more: with its
    /// connections, and without a slot, as one that is added at weight 0 has none (KERNEL §4).
    ///
    /// Where the kernel cannot be told to forget connections they go without: better that than to
    /// stay.
    private List<Refusal> cut(List<Step.OnService> steps, Step.CutDestination last)
            throws IOException {
        List<Refusal> refused = new ArrayList<>();
        if (steps.size() > 1) {
            refused.addAll(ipvs.apply(steps.subList(0, steps.size() - 1)));
            var again = new Step.AddDestination(last.service(), last.destination().withWeight(0));
            // In one message: killed before or after, there is one to be cut by the next start.
            refused.addAll(ipvs.apply(List.of(last, again)));
        }
        try {
            cuts.begin();
        } catch (SysctlException e) {
            refused.add(refusal(last, e));
        }
        try {
            refused.addAll(ipvs.apply(List.of(last)));
        } finally {
            cuts.end();
        }
        return refused;
    }

    private List<Refusal> place(List<Step.OnService> steps) throws NetlinkException {
        boolean mayBeMissed =
                steps.stream()
                        .anyMatch(step ->
                                step instanceof Step.AddDestination
                                        || step instanceof Step.RemoveDestination);
        if (mayBeMissed) {
            cuts.await();
        }
        return ipvs.apply(steps);
    }

    private Optional<Refusal> take(Step step) {
        try {
            switch (step) {
                case Step.LoadModule(String name) -> modules.load(name);
                case Step.SetSysctl(String name, String value) -> sysctl.write(name, value);
                case Step.AddListener(Listener listener) -> listeners.add(listener);
                case Step.RemoveListener(Listener listener) -> listeners.remove(listener);
                case Step.AddTunnel _,
                        Step.RemoveTunnel _,
                        Step.SetLinkUp _,
                        Step.AddRoute _,
                        Step.RemoveRoute _,
                        Step.AddAddress _,
                        Step.RemoveAddress _ ->
                        network.take(step);
                case Step.OnService _ -> throw new IllegalStateException(step.toString());
            }
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of(refusal(step, e));
        }
    }

    /// @param e what the kernel said, or what broke before it was asked: either is of this step
    ///   alone, and the next one is taken
    static Refusal refusal(Step step, Exception e) {
        boolean stale =
                e instanceof NetlinkException netlink
                        && (netlink.errno() == Errno.EEXIST
                                || netlink.errno() == Errno.ENOENT
                                || netlink.errno() == Errno.ESRCH
                                || netlink.errno() == Errno.ENODEV);
        return new Refusal(
                step,
                stale ? Refusal.Kind.STALE : Refusal.Kind.REFUSED,
                e instanceof IOException ? String.valueOf(e.getMessage()) : e.toString());
    }

    @Override
    public void close() {
        ipvs.close();
        listeners.close();
        network.close();
    }

    private interface Question<T> {
        T ask() throws IOException;
    }

    private static <T> T asking(String what, Question<T> question) throws KernelException {
        try {
            return question.ask();
        } catch (IOException e) {
            throw new KernelException(what + ": " + e.getMessage(), e);
        }
    }
}
