package dev.holdfast.agent.doctor;

import dev.holdfast.agent.config.AgentConfig;
import dev.holdfast.agent.kernel.Kernel;
import dev.holdfast.agent.kernel.KernelException;
import dev.holdfast.agent.kernel.Listener;
import dev.holdfast.agent.reconcile.Role;
import dev.holdfast.agent.reconcile.Target;
import dev.holdfast.agent.tool.Tool;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.HostAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// All checks of a machine in its role.
public final class Doctor {

    /// More hosts than these are not sent packets to: where these are reached, so are others.
    private static final int HOSTS_MAX = 50;

    /// Of an underlay of which nothing is said, in bytes.
    private static final int USUAL_MTU = 1500;

    private final AgentConfig config;
    private final Kernel kernel;
    private final Ground ground;
    private final Tool ping;

    public Doctor(AgentConfig config, Kernel kernel) {
        this(config, kernel, new Ground(Path.of("/")), new Tool("ping", "iputils-ping"));
    }

    Doctor(AgentConfig config, Kernel kernel, Ground ground, Tool ping) {
        this.config = config;
        this.kernel = kernel;
        this.ground = ground;
        this.ping = ping;
    }

    /// @param state what the agent last accepted, when there is one: without it less is known of
    ///   what the machine must be able to do
    public List<Finding> examine(Optional<DesiredState> state) {
        Set<String> modules = new HashSet<>();
        Optional<Target> target = state.map(this::target);
        target.ifPresent(wanted -> modules.addAll(wanted.modules()));
        if (config.role() == Role.LOAD_BALANCER) {
            modules.addAll(Set.of("ip_vs", "ip_vs_mh"));
        }
        List<Finding> findings = new ArrayList<>(KernelChecks.all(ground, modules));
        findings.addAll(SettingChecks.all(ground, config.role()));
        if (config.role() == Role.LOAD_BALANCER) {
            findings.addAll(FirewallChecks.all());
            if (config.bird() != null) {
                findings.addAll(BirdChecks.all(config.bird()));
            }
        }
        target.ifPresent(wanted -> findings.addAll(takenPorts(wanted)));
        findings.addAll(PathChecks.controlPlanes(config.servers()));
        if (state.orElse(null) instanceof NodeDesired node) {
            int mtu = Objects.requireNonNullElse(node.node().underlayMtu(), USUAL_MTU);
            findings.addAll(farEnds(List.copyOf(node.hosts().sorted().values()), mtu));
        }
        return findings;
    }

    private Target target(DesiredState state) {
        return Target.of(state, kernel.tableSize().orElse(TableSize.DEFAULT));
    }

    /// A port of ours that something else listens on.
    private List<Finding> takenPorts(Target target) {
        List<Finding> findings = new ArrayList<>();
        try {
            Set<Listener> there = kernel.listeners();
            for (Listener wanted : target.listeners()) {
                boolean ours = there.stream().anyMatch(one -> one.port() == wanted.port());
                if (!ours && isBound(wanted.port())) {
                    findings.add(
                            Finding.fault(
                                    "UDP port %d is taken".formatted(wanted.port()),
                                    "tunnels end at this port, and nothing else can use it",
                                    "ss -lunp sport = :%d   # and stop what it shows"
                                            .formatted(wanted.port())));
                }
            }
        } catch (KernelException unknown) {
            // The kernel's modules are another check's business.
        }
        return findings;
    }

    private boolean isBound(int port) {
        Pattern local =
                Pattern.compile(
                        "(?m)^ *\\d+: [0-9A-F]+:%s "
                                .formatted(String.format(Locale.ROOT, "%04X", port)));
        return List.of("proc/net/udp", "proc/net/udp6").stream()
                .map(ground::read)
                .anyMatch(sockets -> sockets.filter(s -> local.matcher(s).find()).isPresent());
    }

    /// All at once: each that is silent takes some seconds.
    ///
    /// @param mtu of the underlay, in bytes
    private List<Finding> farEnds(List<HostAddress> hosts, int mtu) {
        if (!hosts.isEmpty() && !ping.exists()) {
            return List.of(
                    Finding.warning(
                            "ping is not installed: no packet was sent to the %d hosts"
                                    .formatted(hosts.size()),
                            "a way that takes small packets and loses full ones is not found",
                            "apt install " + ping.origin()));
        }
        ConcurrentHashMap<String, Finding> found = new ConcurrentHashMap<>();
        List<Thread> asking = new ArrayList<>();
        for (HostAddress host : hosts.subList(0, Math.min(HOSTS_MAX, hosts.size()))) {
            asking.add(
                    Thread.startVirtualThread(() ->
                            PathChecks.farEnd(ping, host.name(), host.address(), mtu)
                                    .ifPresent(finding -> found.put(host.name(), finding))));
        }
        for (Thread thread : asking) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return found.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }
}
