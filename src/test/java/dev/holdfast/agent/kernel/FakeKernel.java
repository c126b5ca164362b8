package dev.holdfast.agent.kernel;

import dev.holdfast.agent.kernel.Refusal.Kind;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.Prefix;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A kernel in memory that behaves: it refuses what the real one refuses, lists the newest
/// destination first, and remembers the last weight above 0. [KernelContract] holds it to that.
public final class FakeKernel implements Kernel {

    /// A destination with what only the kernel knows.
    public record Entry(KernelDestination destination, int lastWeight) {}

    private record Link(@Nullable Tunnel tunnel, LinkState state) {}

    private static final class Service {
        private Scheduling scheduling;
        private final List<Entry> newestFirst = new ArrayList<>();
        private final Set<DestinationKey> connected = new HashSet<>();

        Service(Scheduling scheduling) {
            this.scheduling = scheduling;
        }

        int find(DestinationKey key) {
            for (int i = 0; i < newestFirst.size(); i++) {
                if (newestFirst.get(i).destination().key().equals(key)) {
                    return i;
                }
            }
            return -1;
        }
    }

    private final Set<String> modules = new TreeSet<>();
    private final Map<String, String> sysctls = new TreeMap<>();
    private final Map<String, Link> links = new TreeMap<>();
    private final Set<Route> routes = new TreeSet<>();
    private final Map<ServiceKey, Service> services = new LinkedHashMap<>();
    private final Set<Listener> listeners = new TreeSet<>();
    private final Set<Prefix> addresses = new TreeSet<>();
    private Predicate<Step> refuse = _ -> false;
    private Predicate<Step> ignore = _ -> false;
    private Set<ServiceKey> leftOut = Set.of();
    private int looks;
    private Optional<TableSize> tableSize = Optional.of(TableSize.DEFAULT);
    private final List<Step> taken = new ArrayList<>();

    public FakeKernel() {
        sysctls.put("net/ipv4/conf/all/rp_filter", "2");
        links.put("lo", new Link(null, LinkState.UP));
    }

    /// From now on the kernel refuses such steps.
    public void refuse(Predicate<Step> steps) {
        refuse = steps;
    }

    /// From now on the kernel says yes to such steps and does nothing.
    public void ignore(Predicate<Step> steps) {
        ignore = steps;
    }

    /// What it was built with from now on; null: nobody can tell.
    public void tableSize(@Nullable TableSize size) {
        tableSize = Optional.ofNullable(size);
    }

    @Override
    public Optional<TableSize> tableSize() {
        return tableSize;
    }

    /// Lists of services are without these, as the kernel's are now and then.
    public void leaveOut(Set<ServiceKey> some) {
        leftOut = Set.copyOf(some);
    }

    /// How often somebody looked at something.
    public int looks() {
        return looks;
    }

    /// Every step taken so far.
    public List<Step> taken() {
        return taken;
    }

    /// A client has a connection to a destination, which ends when that is cut and not before.
    public void connect(ServiceKey service, DestinationKey destination) {
        Objects.requireNonNull(services.get(service)).connected.add(destination);
    }

    public void addForeignLink(String name) {
        links.put(name, new Link(null, LinkState.UP));
    }

    /// Of one service, in the order of adding.
    public List<Entry> entries(ServiceKey key) {
        Service service = services.get(key);
        return service == null ? List.of() : service.newestFirst.reversed();
    }

    /// Everything that decides what is forwarded, to compare.
    public Map<String, Object> dump() {
        Map<ServiceKey, Object> all = new TreeMap<>();
        services.forEach((key, service) ->
                all.put(key, List.of(service.scheduling, List.copyOf(service.newestFirst))));
        return new TreeMap<>(
                Map.of(
                        "modules", Set.copyOf(modules),
                        "sysctls", Map.copyOf(sysctls),
                        "links", Map.copyOf(links),
                        "routes", Set.copyOf(routes),
                        "services", all,
                        "listeners", Set.copyOf(listeners),
                        "addresses", Set.copyOf(addresses)));
    }

    @Override
    public Map<String, String> sysctls(Set<String> names) {
        looks++;
        Map<String, String> found = new HashMap<>(sysctls);
        found.keySet().retainAll(names);
        return found;
    }

    @Override
    public Set<String> modules(Set<String> names) {
        Set<String> found = new HashSet<>(modules);
        found.retainAll(names);
        return found;
    }

    @Override
    public List<ObservedTunnel> tunnels() {
        looks++;
        List<ObservedTunnel> found = new ArrayList<>();
        links.values().forEach(link -> tunnel(link).ifPresent(found::add));
        return found;
    }

    @Override
    public Optional<ObservedTunnel> tunnel(String name) {
        looks++;
        Link link = links.get(name);
        return link == null ? Optional.empty() : tunnel(link);
    }

    private static Optional<ObservedTunnel> tunnel(Link link) {
        Tunnel tunnel = link.tunnel();
        return tunnel == null
                ? Optional.empty()
                : Optional.of(new ObservedTunnel(tunnel, link.state()));
    }

    @Override
    public List<Route> routes() {
        looks++;
        return List.copyOf(routes);
    }

    @Override
    public List<KernelService> services() {
        List<KernelService> all = new ArrayList<>();
        services.keySet().forEach(key -> service(key).ifPresent(all::add));
        all.removeIf(service -> leftOut.contains(service.key()));
        return all;
    }

    @Override
    public Optional<KernelService> service(ServiceKey key) {
        looks++;
        Service service = services.get(key);
        return service == null
                ? Optional.empty()
                : Optional.of(
                        new KernelService(
                                key,
                                service.scheduling,
                                service.newestFirst.reversed().stream()
                                        .map(Entry::destination)
                                        .toList(),
                                service.connected.stream()
                                        .filter(one -> service.find(one) >= 0)
                                        .collect(Collectors.toSet())));
    }

    @Override
    public Set<Listener> listeners() {
        looks++;
        return Set.copyOf(listeners);
    }

    @Override
    public Map<String, LinkState> links(Set<String> names) {
        looks++;
        Map<String, LinkState> states = new HashMap<>();
        links.forEach((name, link) -> states.put(name, link.state()));
        states.keySet().retainAll(names);
        return states;
    }

    @Override
    public Set<Prefix> addresses() {
        looks++;
        return Set.copyOf(addresses);
    }

    @Override
    public Set<Prefix> foreignAddresses() {
        return Set.of();
    }

    @Override
    public List<Refusal> apply(List<Step> steps) {
        List<Refusal> refusals = new ArrayList<>();
        for (Step step : steps) {
            String error = refuse.test(step) ? "EPERM: Operation not permitted" : take(step);
            if (error == null) {
                taken.add(step);
            } else {
                boolean stale = error.matches("(EEXIST|ENOENT|ESRCH|ENODEV).*");
                refusals.add(new Refusal(step, stale ? Kind.STALE : Kind.REFUSED, error));
            }
        }
        return refusals;
    }

    /// Does it, or says why not.
    private @Nullable String take(Step step) {
        if (ignore.test(step)) {
            return null;
        }
        return switch (step) {
            case Step.LoadModule(String name) -> {
                load(name);
                yield null;
            }
            case Step.SetSysctl(String name, String value) ->
                    sysctls.replace(name, value) == null ? "ENOENT: " + name : null;
            case Step.AddTunnel(Tunnel tunnel) -> addTunnel(tunnel);
            case Step.RemoveTunnel(String name) -> {
                routes.removeIf(route -> route.link().equals(name));
                yield links.remove(name) == null ? "ENODEV" : null;
            }
            case Step.SetLinkUp(String name) ->
                    links.computeIfPresent(name, (_, l) -> new Link(l.tunnel(), LinkState.UP))
                                    == null
                            ? "ENODEV"
                            : null;
            case Step.AddRoute(Route route) -> addRoute(route);
            case Step.RemoveRoute(Route route) -> routes.remove(route) ? null : "ESRCH";
            case Step.OnService on -> takeOnService(on);
            case Step.AddListener(Listener listener) ->
                    listeners.stream()
                                    .anyMatch(l ->
                                            l.port() == listener.port()
                                                    && l.family() == listener.family())
                            ? "EADDRINUSE"
                            : added(listeners.add(listener));
            case Step.RemoveListener(Listener listener) ->
                    listeners.remove(listener) ? null : "EINVAL: Invalid argument";
            case Step.AddAddress(Prefix address) -> added(addresses.add(address));
            case Step.RemoveAddress(Prefix address) ->
                    addresses.remove(address) ? null : "EADDRNOTAVAIL";
        };
    }

    private static @Nullable String added(boolean added) {
        return added ? null : "EEXIST: File exists";
    }

    private void load(String module) {
        modules.add(module);
        switch (module) {
            case "ip_vs" -> {
                for (String name :
                        List.of(
                                "sloppy_tcp",
                                "schedule_icmp",
                                "drop_entry",
                                "drop_packet",
                                "expire_nodest_conn")) {
                    sysctls.putIfAbsent("net/ipv4/vs/" + name, "0");
                }
            }
            case "ipip" -> {
                links.putIfAbsent("tunl0", new Link(null, LinkState.DOWN));
                sysctls.putIfAbsent("net/ipv4/conf/tunl0/rp_filter", "2");
            }
            case "sit" -> links.putIfAbsent("sit0", new Link(null, LinkState.DOWN));
            case "ip6_tunnel" -> links.putIfAbsent("ip6tnl0", new Link(null, LinkState.DOWN));
            default -> {}
        }
    }

    private @Nullable String addTunnel(Tunnel tunnel) {
        if (tunnel.local().family() != tunnel.remote().family()) {
            return "tunnel ends: of two families";
        }
        for (Link link : links.values()) {
            Tunnel other = link.tunnel();
            if (other != null
                    && other.kind() == tunnel.kind()
                    && other.local().equals(tunnel.local())
                    && other.remote().equals(tunnel.remote())) {
                return "EEXIST: File exists";
            }
        }
        return added(links.putIfAbsent(tunnel.name(), new Link(tunnel, LinkState.UP)) == null);
    }

    private @Nullable String addRoute(Route route) {
        if (!links.containsKey(route.link())) {
            return "ENODEV";
        }
        boolean taken =
                routes.stream()
                        .anyMatch(r ->
                                r.table() == route.table() && r.prefix().equals(route.prefix()));
        return taken ? "EEXIST: File exists" : added(routes.add(route));
    }

    private @Nullable String takeOnService(Step.OnService step) {
        Service service = services.get(step.service());
        if (step instanceof Step.AddService(ServiceKey key, Scheduling scheduling)) {
            return added(services.putIfAbsent(key, new Service(scheduling)) == null);
        }
        if (service == null) {
            return "ESRCH: No such process";
        }
        return switch (step) {
            case Step.AddService _ -> throw new IllegalStateException();
            case Step.EditService edit -> {
                service.scheduling = edit.scheduling();
                yield null;
            }
            case Step.RemoveService(ServiceKey key) -> {
                services.remove(key);
                yield null;
            }
            case Step.AddDestination(ServiceKey _, KernelDestination one) -> {
                if (service.find(one.key()) >= 0) {
                    yield "EEXIST: File exists";
                }
                service.newestFirst.addFirst(new Entry(one, one.weight()));
                yield null;
            }
            case Step.EditDestination(ServiceKey _, KernelDestination one) -> {
                int at = service.find(one.key());
                if (at < 0) {
                    yield "ENOENT";
                }
                int last = service.newestFirst.get(at).lastWeight();
                service.newestFirst.set(at, new Entry(one, one.weight() > 0 ? one.weight() : last));
                yield null;
            }
            case Step.CutDestination(ServiceKey _, KernelDestination cut) -> {
                int at = service.find(cut.key());
                if (at < 0) {
                    yield "ENOENT";
                }
                service.newestFirst.remove(at);
                service.connected.remove(cut.key());
                yield null;
            }
            case Step.RemoveDestination(ServiceKey _, DestinationKey key) -> {
                int at = service.find(key);
                if (at < 0) {
                    yield "ENOENT";
                }
                service.newestFirst.remove(at);
                yield null;
            }
        };
    }
}
