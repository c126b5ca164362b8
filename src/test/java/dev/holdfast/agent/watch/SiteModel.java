package dev.holdfast.agent.watch;

import dev.holdfast.client.WireJson;
import dev.holdfast.wire.Affinity;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.Digest;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.HostAddress;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.NodeAddress;
import dev.holdfast.wire.NodePart;
import dev.holdfast.wire.NodeState;
import dev.holdfast.wire.Prefix;
import dev.holdfast.wire.Protocol;
import dev.holdfast.wire.Removed;
import dev.holdfast.wire.ServicePort;
import dev.holdfast.wire.ServiceState;
import dev.holdfast.wire.VipAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A site with a history, as a control plane has it: gives a load balancer's full state and deltas.
public final class SiteModel {

    private static final Encapsulation GUE = new Encapsulation(Encapsulation.Kind.GUE, 6080);
    private static final List<Prefix> RANGES = List.of(Prefix.parse("198.51.100.0/24"));

    private final String epoch;
    private final Map<String, ServiceState> services = new TreeMap<>();
    private final Map<String, HostAddress> hosts = new TreeMap<>();
    private final Map<String, Long> changedAt = new TreeMap<>();
    private final NodeAddress node = new NodeAddress("lb1", IpAddress.parse("10.2.1.2"));
    private long revision;
    private long ordinal;

    public SiteModel(String epoch) {
        this.epoch = epoch;
        revision = 1;
    }

    public long revision() {
        return revision;
    }

    /// Jumps ahead, as a site does that others also change.
    public SiteModel at(long later) {
        revision = later;
        return this;
    }

    public SiteModel putService(String name, int destinations) {
        revision++;
        List<Destination> list = new ArrayList<>();
        for (int i = 0; i < destinations; i++) {
            String host = "web" + i;
            IpAddress address = IpAddress.parse("10.3." + i + ".2");
            hosts.computeIfAbsent(
                    host,
                    h -> {
                        changedAt.put("host/" + h, revision);
                        return new HostAddress(h, address, List.of());
                    });
            list.add(new Destination(host, ++ordinal, address, 1 + i % 3, i % 4 != 3));
        }
        int last = 1 + Math.floorMod(name.hashCode(), 250);
        services.put(
                name,
                new ServiceState(
                        name,
                        new VipAddress(name, IpAddress.parse("198.51.100." + last)),
                        List.of(new ServicePort(Protocol.TCP, 80)),
                        Affinity.CONNECTION,
                        null,
                        null,
                        true,
                        list));
        changedAt.put("service/" + name, revision);
        return this;
    }

    public SiteModel removeService(String name) {
        if (services.remove(name) != null) {
            changedAt.put("service/" + name, ++revision);
        }
        return this;
    }

    void change(RandomGenerator random) {
        String name = "s" + random.nextInt(12);
        if (random.nextInt(4) == 0) {
            removeService(name);
        } else {
            putService(name, random.nextInt(6));
        }
    }

    public NodeState full() {
        return state(0, true, false);
    }

    public NodeState fullReset() {
        return state(0, true, true);
    }

    public NodeState deltaFrom(long after) {
        return state(after, false, false);
    }

    public byte[] json(NodeState state) {
        return WireJson.write(state);
    }

    Digest digest() {
        record Site(Encapsulation encapsulation, List<Prefix> vipRanges) {}
        Digest sum = of("site", "", new Site(GUE, RANGES)).plus(of("node", node.name(), node));
        for (ServiceState service : services.values()) {
            sum = sum.plus(of("service", service.name(), service));
        }
        for (HostAddress host : hosts.values()) {
            sum = sum.plus(of("host", host.name(), host));
        }
        return sum;
    }

    private static Digest of(String kind, String name, Object value) {
        return Digest.ofResource(kind, name, WireJson.write(value));
    }

    private NodeState state(long after, boolean full, boolean reset) {
        Set<String> names = new HashSet<>();
        Set<String> gone = new HashSet<>();
        changedAt.forEach((key, at) -> {
            String name = key.substring(key.indexOf('/') + 1);
            if (at > after && key.startsWith("service/")) {
                (services.containsKey(name) ? names : gone).add(name);
            }
        });
        boolean everything = full || after == 0;
        return new NodeState(
                "dc1",
                epoch,
                revision,
                full,
                reset,
                false,
                digest(),
                new NodePart(node.name(), node.address(), false),
                everything ? GUE : null,
                everything ? RANGES : null,
                everything ? List.of(node) : null,
                fresh(hosts, "host/", after),
                fresh(services, "service/", after),
                removed(full, gone));
    }

    private static @Nullable Removed removed(boolean full, Set<String> gone) {
        return full || gone.isEmpty() ? null : new Removed(List.copyOf(gone), null, null, null);
    }

    private <T> @Nullable List<T> fresh(Map<String, T> all, String kind, long after) {
        List<T> list = new ArrayList<>();
        all.forEach((name, value) -> {
            if (changedAt.getOrDefault(kind + name, 0L) > after || after == 0) {
                list.add(value);
            }
        });
        return after > 0 && list.isEmpty() ? null : list;
    }
}
