package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.Listener;
import dev.holdfast.agent.kernel.Listener.Payload;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.watch.HostDesired;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.Prefix;
import dev.holdfast.wire.VipAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What the kernel of a backend host should hold.
///
/// Packets come in the family of the host's own address. They are unwrapped onto the fallback
/// device of their kind, where they must pass without a source check: their source is a client that
/// this device does not lead to.
final class BackendHost {

    private final HostDesired desired;
    private final Family outer;
    private final Set<String> modules = new HashSet<>();
    private final Map<String, String> sysctls = new HashMap<>();
    private final Set<Listener> listeners = new HashSet<>();
    private final Set<String> linksUp = new HashSet<>();
    private final Set<Prefix> addresses = new HashSet<>();
    private final Map<ServiceKey, TargetService> services = new HashMap<>();
    private final List<Failure> impossible = new ArrayList<>();

    private BackendHost(HostDesired desired) {
        this.desired = desired;
        this.outer = desired.host().address().family();
    }

    static Target target(HostDesired desired) {
        BackendHost host = new BackendHost(desired);
        desired.accepted().forEach(host::listeners);
        for (VipAddress vip : desired.vips().sorted().values()) {
            host.vip(vip);
        }
        host.secondChances();
        return new Target(
                Role.BACKEND,
                host.modules,
                host.sysctls,
                Map.of(),
                Set.of(),
                host.services,
                host.listeners,
                host.linksUp,
                host.addresses,
                List.of(),
                host.impossible);
    }

    /// Tables for packets of connections that began elsewhere; see docs/concepts/second-chance.md.
    private void secondChances() {
        List<SecondChance> chances = SecondChance.of(desired);
        if (chances.isEmpty()) {
            return;
        }
        modules.addAll(Set.of("ip_vs", "ip_vs_mh"));
        // What comes here is in mid-stream.
        sysctls.put("net/ipv4/vs/sloppy_tcp", "1");
        for (SecondChance chance : chances) {
            services.put(chance.key(), chance.target());
        }
    }

    /// All kinds are unwrapped onto the same devices.
    private void listeners(Encapsulation encapsulation) {
        switch (Encapsulations.kind(encapsulation)) {
            case FOU -> {
                modules.add("fou");
                if (outer == Family.IPV4) {
                    fou(encapsulation, Family.IPV4, Payload.IPV4);
                }
                fou(encapsulation, Family.IPV6, Payload.IPV6);
            }
            case GUE -> {
                modules.add("fou");
                int port = Encapsulations.guePort(encapsulation);
                listeners.add(new Listener(outer, port, Payload.GUE));
                // Whoever gives a packet a second chance needs others to be there already.
                for (int hop = 1; hop <= SecondChance.HOPS_MAX; hop++) {
                    listeners.add(new Listener(outer, port + hop, Payload.GUE));
                }
            }
            case IPIP -> {} // the fallback devices take these packets by themselves
        }
    }

    private void fou(Encapsulation encapsulation, Family inner, Payload payload) {
        int port = Encapsulations.fouPort(encapsulation, inner);
        listeners.add(new Listener(outer, port, payload));
    }

    private void vip(VipAddress vip) {
        switch (outer) {
            case IPV4 -> {
                switch (vip.address().family()) {
                    case IPV4 -> {
                        device("ipip", "tunl0");
                        // The stricter of `all` and the device's own value counts, and strict or
                        // loose drops everything on a device without addresses (measured).
                        sysctls.put("net/ipv4/conf/all/rp_filter", "0");
                        sysctls.put("net/ipv4/conf/tunl0/rp_filter", "0");
                    }
                    case IPV6 -> device("sit", "sit0");
                }
            }
            case IPV6 -> {
                switch (vip.address().family()) {
                    case IPV4 -> {
                        impossible.add(
                                new Failure(
                                        "vip " + vip.name(),
                                        "unwrap",
                                        "IPv4 in IPv6 needs an interface per load balancer"
                                                + " (expected: a host with an IPv4 address)"));
                        return;
                    }
                    case IPV6 -> device("ip6_tunnel", "ip6tnl0");
                }
            }
        }
        addresses.add(Prefix.host(vip.address()));
    }

    private void device(String module, String link) {
        modules.add(module);
        linksUp.add(link);
    }
}
