package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.Listener;
import dev.holdfast.agent.kernel.Route;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.kernel.Tunnel;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.agent.watch.HostDesired;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.Prefix;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the kernel should hold, or a part of that.
///
/// @param sysctls by name, such as `net/ipv4/vs/sloppy_tcp`
/// @param tunnels by name
/// @param linksUp links of others that must be up
/// @param addresses on `lo`
/// @param owned where an IPVS service is ours, and goes when it is not asked for (OWNED-ONLY);
///   beside these, one with a firewall mark of ours
/// @param impossible what was asked for and no kernel can do
public record Target(
        Role role,
        Set<String> modules,
        Map<String, String> sysctls,
        Map<String, Tunnel> tunnels,
        Set<Route> routes,
        Map<ServiceKey, TargetService> services,
        Set<Listener> listeners,
        Set<String> linksUp,
        Set<Prefix> addresses,
        List<Prefix> owned,
        List<Failure> impossible) {
    /// What a machine's kernel should hold.
    ///
    /// @param size of its Maglev tables
    public static Target of(DesiredState state, TableSize size) {
        return switch (state) {
            case NodeDesired node -> LoadBalancer.target(node, size);
            case HostDesired host -> BackendHost.target(host);
        };
    }

    /// Nothing of ours at all.
    ///
    /// @param owned where IPVS services are ours
    static Target nothing(Role role, List<Prefix> owned) {
        return new Target(
                role, Set.of(), Map.of(), Map.of(), Set.of(), Map.of(), Set.of(), Set.of(),
                Set.of(), owned, List.of());
    }

    /// What to call an IPVS service in front of people.
    String nameOf(ServiceKey key) {
        TargetService service = services.get(key);
        return "service " + (service == null ? key : service.name() + " " + key.part());
    }
}
