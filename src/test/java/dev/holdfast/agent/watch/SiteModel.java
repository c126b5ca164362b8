package dev.holdfast.agent.watch;

import dev.holdfast.client.UnreadableException;
import dev.holdfast.client.WireJson;
import dev.holdfast.wire.Affinity;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.Digest;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.HealthCheck;
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
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A site with a history, as a control plane has it: gives a load balancer's full state and deltas.
public final class SiteModel {

    private static final List<Prefix> RANGES =
            List.of(Prefix.parse("198.51.100.0/24"), Prefix.parse("2001:db8:1::/64"));

    private static final HealthCheck CHECK =
            new HealthCheck(HealthCheck.Kind.TCP, 80, null, null, null, null, null, 5, 2, 2, 3, 50);

    private final String epoch;
    private final Encapsulation encapsulation;
    private final Map<String, ServiceState> services = new TreeMap<>();
    private final Map<String, HostAddress> hosts = new TreeMap<>();
    private final Set<String> checked = new HashSet<>();
    private final Set<String> byClientAddress = new HashSet<>();
    private final Map<String, Long> changedAt = new TreeMap<>();
    private @Nullable Integer underlayMtu;
    private NodeAddress node = new NodeAddress("lb1", IpAddress.parse("10.2.1.2"));
    private List<NodeAddress> others = List.of();
    private long revision;
    private boolean meant;
    private long ordinal;

    public SiteModel(String epoch) {
        this(epoch, Encapsulation.Kind.GUE);
    }

    public SiteModel(String epoch, Encapsulation.Kind kind) {
        this.epoch = epoch;
        this.encapsulation = new Encapsulation(kind, kind == Encapsulation.Kind.FOU ? 5555 : 6080);
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

    /// What the underlay takes, in bytes.
    public SiteModel underlayMtu(int bytes) {
        underlayMtu = bytes;
        return this;
    }

    /// Whether a person means what happens from now on.
    public SiteModel meant(boolean means) {
        meant = means;
        return this;
    }

    /// A service of one TCP port on its own VIP, with as many new backends. Some of them are at
    /// other weights than 1, and some not serving.
    public SiteModel putService(String name, int backends) {
        revision++;
        List<Destination> list = new ArrayList<>();
        for (int i = 0; i < backends; i++) {
            list.add(destination(name, "web" + i, 1 + i % 3, i % 4 != 3));
        }
        put(name, list);
        return this;
    }

    private void put(String name, List<Destination> destinations) {
        int last = 1 + Math.floorMod(name.hashCode(), 250);
        String vip = isSix(name) ? "2001:db8:1::" + last : "198.51.100." + last;
        services.put(
                name,
                new ServiceState(
                        name,
                        new VipAddress(name, IpAddress.parse(vip)),
                        List.of(
                                new ServicePort(Protocol.TCP, 80),
                                new ServicePort(Protocol.UDP, 53)),
                        byClientAddress.contains(name)
                                ? Affinity.CLIENT_ADDRESS
                                : Affinity.CONNECTION,
                        null,
                        checked.contains(name) ? CHECK : null,
                        true,
                        list(destinations)));
        changedAt.put("service/" + name, revision);
    }

    /// Gives a service a check, or takes it away.
    public SiteModel check(String name, boolean wanted) {
        revision++;
        if (wanted) {
            checked.add(name);
        } else {
            checked.remove(name);
        }
        put(name, Objects.requireNonNull(services.get(name)).destinations());
        return this;
    }

    /// Gives some service the other affinity.
    public SiteModel changeAffinity(RandomGenerator random) {
        List<String> names = List.copyOf(services.keySet());
        if (!names.isEmpty()) {
            revision++;
            String name = names.get(random.nextInt(names.size()));
            if (!byClientAddress.remove(name)) {
                byClientAddress.add(name);
            }
            put(name, Objects.requireNonNull(services.get(name)).destinations());
        }
        return this;
    }

    /// Gives every service the other affinity.
    public SiteModel changeAffinities() {
        revision++;
        for (ServiceState one : List.copyOf(services.values())) {
            if (!byClientAddress.remove(one.name())) {
                byClientAddress.add(one.name());
            }
            put(one.name(), one.destinations());
        }
        return this;
    }

    private static List<Destination> list(List<Destination> destinations) {
        return destinations.stream()
                .sorted(Comparator.comparingLong(Destination::ordinal))
                .toList();
    }

    private static boolean isSix(String name) {
        return name.endsWith("6");
    }

    private Destination destination(String service, String host, int weight, boolean serving) {
        HostAddress there = hosts.computeIfAbsent(host, this::newHost);
        IpAddress address =
                encapsulation.kind() == Encapsulation.Kind.FOU
                        ? there.tunnelAddresses().get(isSix(service) ? 1 : 0)
                        : there.address();
        return new Destination(host, ++ordinal, address, weight, serving);
    }

    private HostAddress newHost(String name) {
        int number = Integer.parseInt(name.substring(3));
        return newHost(name, "10.%d.%d.2".formatted(3 + number / 256, number % 256));
    }

    private HostAddress newHost(String name, String address) {
        changedAt.put("host/" + name, revision);
        int number = Integer.parseInt(name.substring(3));
        List<IpAddress> tunnels =
                encapsulation.kind() == Encapsulation.Kind.FOU
                        ? List.of(
                                IpAddress.parse("203.0.113." + (number + 1)),
                                IpAddress.parse("2001:db8:2::" + (number + 1)))
                        : List.of();
        return new HostAddress(name, IpAddress.parse(address), tunnels);
    }

    /// A host that no service uses yet, or another address for one that is there.
    public SiteModel putHost(String name, String address) {
        revision++;
        hosts.put(name, newHost(name, address));
        return this;
    }

    /// A host joins a service, at weight 1 and serving.
    public SiteModel join(String service, String host) {
        revision++;
        List<Destination> list =
                new ArrayList<>(Objects.requireNonNull(services.get(service)).destinations());
        list.add(destination(service, host, 1, true));
        put(service, list);
        return this;
    }

    /// Another address for the load balancer.
    public SiteModel moveNode(String address) {
        revision++;
        node = new NodeAddress(node.name(), IpAddress.parse(address));
        return this;
    }

    public SiteModel removeService(String name) {
        if (services.remove(name) != null) {
            changedAt.put("service/" + name, ++revision);
        }
        return this;
    }

    /// One change of some service: added, removed, or a backend joins, leaves, joins again, drains,
    /// comes back, or changes its weight.
    public SiteModel change(RandomGenerator random) {
        String name = "s" + random.nextInt(8);
        ServiceState old = services.get(name);
        if (old == null) {
            return putService(name, random.nextInt(6));
        }
        if (random.nextInt(10) == 0) {
            return removeService(name);
        }
        if (random.nextInt(10) == 0) {
            return check(name, !checked.contains(name));
        }
        revision++;
        List<Destination> list = new ArrayList<>(old.destinations());
        String host = "web" + random.nextInt(7);
        Destination there =
                list.stream().filter(d -> Objects.equals(d.host(), host)).findFirst().orElse(null);
        int weight = 1 + random.nextInt(3);
        if (there == null) {
            list.add(destination(name, host, weight, random.nextBoolean()));
        } else {
            list.remove(there);
            switch (random.nextInt(5)) {
                case 0 -> {}
                case 1 -> list.add(destination(name, host, weight, random.nextBoolean()));
                case 2 -> list.add(cut(there));
                default -> list.add(changed(there, weight, random.nextBoolean()));
            }
        }
        put(name, list);
        return this;
    }

    private static Destination changed(Destination d, int weight, boolean serving) {
        return new Destination(d.host(), d.ordinal(), d.address(), weight, serving);
    }

    private static Destination cut(Destination d) {
        return new Destination(d.host(), d.ordinal(), d.address(), d.weight(), false, true);
    }

    /// A person disables a backend.
    public SiteModel disable(String service, String host) {
        revision++;
        put(
                service,
                Objects.requireNonNull(services.get(service)).destinations().stream()
                        .map(d -> host.equals(d.host()) ? cut(d) : d)
                        .toList());
        return this;
    }

    /// What each load balancer makes of the full state, when there are these.
    public List<NodeDesired> desiredBy(List<String> names) {
        List<NodeAddress> all =
                names.stream()
                        .map(name ->
                                new NodeAddress(
                                        name,
                                        IpAddress.parse("10.2.%s.2".formatted(name.substring(2)))))
                        .toList();
        List<NodeDesired> each = new ArrayList<>();
        for (NodeAddress own : all) {
            node = own;
            others = all.stream().filter(other -> !other.equals(own)).toList();
            each.add(desired());
        }
        return each;
    }

    private List<NodeAddress> nodes() {
        return Stream.concat(Stream.of(node), others.stream()).toList();
    }

    /// The address of a service's VIP.
    public IpAddress vip(String service) {
        return Objects.requireNonNull(services.get(service)).vip().address();
    }

    /// What a load balancer makes of the full state.
    public NodeDesired desired() {
        try {
            return NodeDesired.full(json(full()));
        } catch (UnreadableException e) {
            throw new IllegalStateException(e);
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
        Digest sum = of("site", "", new Site(encapsulation, RANGES));
        for (NodeAddress one : nodes()) {
            sum = sum.plus(of("node", one.name(), one));
        }
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
                meant,
                digest(),
                new NodePart(node.name(), node.address(), false, null, underlayMtu),
                everything ? encapsulation : null,
                everything ? RANGES : null,
                everything ? nodes() : null,
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
