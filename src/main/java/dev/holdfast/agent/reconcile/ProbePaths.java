package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.Marks;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Probers;
import dev.holdfast.wire.ServiceState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The hosts that this load balancer probes: it is one of their probers, and a service with a check
/// has a backend there.
public final class ProbePaths {

    private static final int MARKS = 1 << Marks.FREE_BITS;

    private ProbePaths() {}

    /// A host's mark is a hash of its name, so that it keeps it whoever else comes and goes; of two
    /// with the same, the second in the order of names takes the next one that is free.
    public static List<ProbePath> of(NodeDesired desired) {
        Map<String, Map<Family, IpAddress>> addresses = new TreeMap<>();
        for (ServiceState service : desired.services().sorted().values()) {
            if (service.healthCheck() != null) {
                for (Destination one : service.destinations()) {
                    String host = one.host();
                    if (host == null) {
                        continue; // an old load balancer watches its own backends
                    }
                    addresses
                            .computeIfAbsent(host, _ -> new TreeMap<>())
                            .put(service.vip().address().family(), one.address());
                }
            }
        }
        Collection<String> nodes = desired.nodes().sorted().keySet();
        addresses.keySet().removeIf(host -> !Probers.of(host, nodes).contains(desired.name()));
        Map<String, Integer> marks = marks(addresses.keySet());
        List<ProbePath> paths = new ArrayList<>();
        addresses.forEach((host, byFamily) ->
                byFamily.forEach((family, address) ->
                        paths.add(
                                new ProbePath(
                                        host,
                                        ServiceKey.marked(family, marks.getOrDefault(host, 0)),
                                        address))));
        return paths;
    }

    /// Whether two states may lead to other paths. A change of who serves, by far the most frequent
    /// one, does not.
    public static boolean differ(NodeDesired from, NodeDesired to) {
        Set<String> services = to.services().differences(from.services());
        if (services.stream()
                .anyMatch(name ->
                        !ends(from.services().get(name)).equals(ends(to.services().get(name))))) {
            return true;
        }
        return !to.nodes().differences(from.nodes()).isEmpty() && !of(from).equals(of(to));
    }

    private static Map<String, IpAddress> ends(@Nullable ServiceState service) {
        Map<String, IpAddress> ends = new HashMap<>();
        if (service != null && service.healthCheck() != null) {
            for (Destination one : service.destinations()) {
                String host = one.host();
                if (host != null) {
                    ends.put(host, one.address());
                }
            }
        }
        return ends;
    }

    private static Map<String, Integer> marks(Collection<String> hosts) {
        Map<String, Integer> marks = new HashMap<>();
        Set<Integer> taken = new HashSet<>();
        for (String host : hosts) {
            int hash = host.hashCode() * 0x9e3779b9;
            int free = hash >>> (Integer.SIZE - Marks.FREE_BITS);
            while (!taken.add(free)) {
                free = (free + 1) % MARKS;
            }
            marks.put(host, Marks.PROBE | free);
        }
        return marks;
    }
}
