package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.LinkState;
import dev.holdfast.agent.kernel.Listener;
import dev.holdfast.agent.kernel.ObservedTunnel;
import dev.holdfast.agent.kernel.Route;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.wire.Prefix;
import java.util.Map;
import java.util.Set;

/// What the kernel holds of what concerns us, or a part of that.
///
/// @param tunnels by name
/// @param services all of TCP, UDP and firewall marks, ours or not
/// @param opened those of `listeners` that the agent opened
/// @param addresses ours, on `lo`
/// @param foreignAddresses of others there; one that is wanted does as well as ours, and stays
public record Picture(
        Set<String> modules,
        Map<String, String> sysctls,
        Map<String, ObservedTunnel> tunnels,
        Set<Route> routes,
        Map<ServiceKey, SeenService> services,
        Set<Listener> listeners,
        Set<Listener> opened,
        Map<String, LinkState> links,
        Set<Prefix> addresses,
        Set<Prefix> foreignAddresses) {

    /// Of a machine on which nothing was ever done.
    public static final Picture EMPTY =
            new Picture(
                    Set.of(), Map.of(), Map.of(), Set.of(), Map.of(), Set.of(), Set.of(), Map.of(),
                    Set.of(), Set.of());
}
