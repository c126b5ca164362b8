package dev.holdfast.agent.probe;

import dev.holdfast.agent.reconcile.Encapsulations;
import dev.holdfast.agent.reconcile.ProbePath;
import dev.holdfast.agent.reconcile.ProbePaths;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.HealthCheck;
import dev.holdfast.wire.HostAddress;
import dev.holdfast.wire.ServiceState;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// What this load balancer is to probe, and the way to each.
final class Targets {

    private Targets() {}

    /// @param source this machine's address of a family, where it has one
    static Map<Target, Way> of(NodeDesired node, Function<Family, Optional<InetAddress>> source) {
        Map<String, Map<Family, ProbePath>> paths = new HashMap<>();
        for (ProbePath path : ProbePaths.of(node)) {
            paths.computeIfAbsent(path.host(), _ -> new HashMap<>()).put(path.key().family(), path);
        }
        Map<Target, Way> targets = new HashMap<>();
        if (paths.isEmpty()) {
            return targets;
        }
        for (ServiceState service : node.services().sorted().values()) {
            HealthCheck check = service.healthCheck();
            if (check == null || check.kind() == null) {
                continue;
            }
            Family family = service.vip().address().family();
            Optional<InetAddress> from = source.apply(family);
            for (Destination one : service.destinations()) {
                String name = one.host();
                if (name == null) {
                    continue; // an old load balancer watches its own backends
                }
                ProbePath path = paths.getOrDefault(name, Map.of()).get(family);
                HostAddress host = node.hosts().get(name);
                if (path != null && host != null && from.isPresent()) {
                    targets.put(
                            new Target(service.name(), name, service.vip().address(), check),
                            new Way(
                                    path.key().mark(),
                                    from.get(),
                                    host.address().toInetAddress(),
                                    Encapsulations.listener(node.encapsulation(), family)));
                }
            }
        }
        return targets;
    }
}
