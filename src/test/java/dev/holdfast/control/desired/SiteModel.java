package dev.holdfast.control.desired;

import dev.holdfast.control.revision.Kind;
import dev.holdfast.wire.Affinity;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.HostAddress;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.NodePart;
import dev.holdfast.wire.Prefix;
import dev.holdfast.wire.Protocol;
import dev.holdfast.wire.ServicePort;
import dev.holdfast.wire.ServiceState;
import dev.holdfast.wire.VipAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/// A site as a database would hold it, changed at random.
final class SiteModel {

    private final Map<String, List<ChosenTable>> tables = new HashMap<>();
    private final RandomGenerator random;
    private final Pieces pieces;
    private final UUID epoch = UUID.randomUUID();
    private final Map<String, Known<NodePart>> nodes = new TreeMap<>();
    private final Map<String, Known<HostAddress>> hosts = new TreeMap<>();
    private final Map<String, Known<ServiceState>> services = new TreeMap<>();
    private final NavigableMap<Long, List<Rows.Gone>> gone = new TreeMap<>();
    private final NavigableSet<Long> meant = new TreeSet<>();
    private Known<SitePart> site;
    private long revision = 1;
    private long ordinal;

    SiteModel(RandomGenerator random, Pieces pieces) {
        this.random = random;
        this.pieces = pieces;
        this.site = site();
    }

    long revision() {
        return revision;
    }

    /// One revision that changes one to three things.
    void change() {
        revision++;
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            int number = random.nextInt(8);
            switch (random.nextInt(12)) {
                case 0 -> site = site();
                case 1, 2 -> node("lb" + number);
                case 3, 4 -> host("web" + number);
                case 5 -> remove(Kind.NODE, nodes, "lb" + number);
                case 6 -> removeHost("web" + number);
                case 7 -> remove(Kind.SERVICE, services, "s" + number);
                default -> service("s" + number);
            }
        }
        if (random.nextInt(10) == 0) {
            meant.add(revision);
        }
    }

    private Known<SitePart> site() {
        Encapsulation.Kind kind =
                random.nextBoolean() ? Encapsulation.Kind.GUE : Encapsulation.Kind.IPIP;
        return pieces.site(
                new SitePart(
                        new Encapsulation(kind, kind == Encapsulation.Kind.IPIP ? null : 6080),
                        random.nextBoolean()
                                ? List.of()
                                : List.of(new Encapsulation(Encapsulation.Kind.FOU, 5555)),
                        List.of(Prefix.parse("198.51." + random.nextInt(4) + ".0/24")),
                        random.nextBoolean() ? 1500 : 9000,
                        50),
                revision);
    }

    private void node(String name) {
        nodes.put(
                name,
                pieces.node(new NodePart(name, address("10.2."), false, null, null), revision));
    }

    private void host(String name) {
        hosts.put(name, pieces.host(new HostAddress(name, address("10.3."), List.of()), revision));
    }

    private void service(String name) {
        List<Destination> destinations = new ArrayList<>();
        for (Known<HostAddress> host : hosts.values()) {
            if (random.nextInt(3) == 0) {
                destinations.add(
                        new Destination(
                                host.name(),
                                ++ordinal,
                                host.value().address(),
                                random.nextInt(1, 4),
                                random.nextBoolean()));
            }
        }
        chosen(name, destinations);
        int vip = random.nextInt(3);
        IpAddress address = IpAddress.parse(vip == 2 ? "2001:db8::1" : "198.51.100." + vip);
        services.put(
                name,
                pieces.service(
                        new ServiceState(
                                name,
                                new VipAddress("vip" + vip, address),
                                List.of(new ServicePort(Protocol.TCP, random.nextInt(80, 82))),
                                Affinity.CONNECTION,
                                null,
                                null,
                                true,
                                destinations),
                        revision));
    }

    private void chosen(String service, List<Destination> destinations) {
        ChosenTable now = new ChosenTable(Affinity.CONNECTION, destinations);
        List<ChosenTable> known = tables.getOrDefault(service, List.of());
        if (known.isEmpty() || !known.getFirst().equals(now)) {
            tables.put(
                    service,
                    Stream.concat(Stream.of(now), known.stream())
                            .limit(ChosenTables.MEMORY)
                            .toList());
        }
    }

    private IpAddress address(String prefix) {
        return IpAddress.parse(prefix + random.nextInt(250) + "." + random.nextInt(250));
    }

    /// A foreign key keeps a host that a service uses.
    private void removeHost(String name) {
        for (Known<ServiceState> service : List.copyOf(services.values())) {
            if (service.value().destinations().stream().anyMatch(d -> name.equals(d.host()))) {
                remove(Kind.SERVICE, services, service.name());
            }
        }
        remove(Kind.HOST, hosts, name);
    }

    private void remove(Kind kind, Map<String, ?> from, String name) {
        if (kind == Kind.SERVICE) {
            tables.remove(name);
        }
        if (from.remove(name) != null) {
            gone.computeIfAbsent(revision, _ -> new ArrayList<>())
                    .add(new Rows.Gone(new Key(kind, name), revision));
        }
    }

    /// All of it, as at the start of a process.
    Rows everything() {
        return since(0);
    }

    Rows since(long after) {
        return new Rows(
                new Head(1, "dc1", epoch, revision),
                after,
                site.revision() > after ? site : null,
                newer(nodes.values(), after),
                newer(hosts.values(), after),
                newer(services.values(), after),
                chances(after),
                gone.tailMap(after, false).values().stream().flatMap(List::stream).toList(),
                List.copyOf(meant.tailSet(after, false)));
    }

    private Map<String, Chances> chances(long after) {
        Map<String, Chances> some = new HashMap<>();
        for (Known<ServiceState> service : newer(services.values(), after)) {
            List<ChosenTable> known = tables.get(service.name());
            if (known != null) {
                some.put(service.name(), new Chances(known, null));
            }
        }
        return some;
    }

    private static <T> List<Known<T>> newer(Collection<Known<T>> all, long after) {
        return all.stream().filter(known -> known.revision() > after).toList();
    }
}
