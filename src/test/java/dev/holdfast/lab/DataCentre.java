package dev.holdfast.lab;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A virtual data centre: clients, a router, load balancers and backends, each a network namespace
/// of the guest, each on a subnet of its own behind the router.
///
/// ```
/// DataCentre shop = DataCentre.named("shop").loadBalancers(2).backends(3).build();
///
/// client1   10.1.0.2   fd00:1::2   ┐          ┌ lb1 10.2.1.2 fd00:2:1::2, lb2 10.2.2.2 …
/// client2   10.1.1.2   fd00:1:1::2 ┴─ router ─┤
///                                             ├ be1 10.3.1.2 fd00:3:1::2, be2 10.3.2.2 …
///                                             └ old1 10.4.1.2 fd00:4:1::2, old2 10.4.2.2 …
/// ```
///
/// The router spreads the VIP ranges over the load balancers by the 5-tuple. Every machine reaches
/// the host's 127.0.0.1 as [Guest#HOST_ADDRESS].
public final class DataCentre implements AutoCloseable {
    /// The addresses a site may own here.
    public static final String VIPS = Place.VIPS;

    public static final String VIPS6 = Place.VIPS6;

    /// Ranges for the tunnel addresses of FOU sites.
    public static final String TUNNELS = "203.0.113.0/24";

    public static final String TUNNELS6 = "2001:db8:200::/64";

    private final Guest guest;
    private final String name;
    private final List<Machine> machines;

    private DataCentre(Guest guest, String name, List<Machine> machines) {
        this.guest = guest;
        this.name = name;
        this.machines = machines;
    }

    public static Plan named(String name) {
        return new Plan(name, 1, 1, 1, 0);
    }

    /// What to build. A data centre that has the same name is torn down first.
    public record Plan(
            String name, int clientCount, int loadBalancerCount, int backendCount, int oldCount) {
        public Plan clients(int count) {
            return new Plan(name, count, loadBalancerCount, backendCount, oldCount);
        }

        public Plan loadBalancers(int count) {
            return new Plan(name, clientCount, count, backendCount, oldCount);
        }

        public Plan backends(int count) {
            return new Plan(name, clientCount, loadBalancerCount, count, oldCount);
        }

        /// Machines of the time before: no agent ever runs on them.
        public Plan old(int count) {
            return new Plan(name, clientCount, loadBalancerCount, backendCount, count);
        }

        public DataCentre build() {
            Guest guest = Guest.shared();
            guest.dataCentres().stream()
                    .filter(d -> d.name.equals(name))
                    .forEach(DataCentre::close);
            List<Machine> machines =
                    Cabling.lay(guest, this).stream().map(p -> new Machine(guest, p)).toList();
            DataCentre built = new DataCentre(guest, name, machines);
            guest.dataCentres().add(built);
            built.routeVipsTo(built.loadBalancers().toArray(Machine[]::new));
            return built;
        }
    }

    public Machine client() {
        return machine("client1");
    }

    public Machine client(int number) {
        return machine("client" + number);
    }

    public Machine router() {
        return machine("router");
    }

    public Machine loadBalancer(int number) {
        return machine("lb" + number);
    }

    public Machine backend(int number) {
        return machine("be" + number);
    }

    public Machine old(int number) {
        return machine("old" + number);
    }

    public List<Machine> loadBalancers() {
        return machines.stream().filter(m -> m.name().startsWith("lb")).toList();
    }

    public List<Machine> backends() {
        return machines.stream().filter(m -> m.name().startsWith("be")).toList();
    }

    public List<Machine> machines() {
        return machines;
    }

    public Machine machine(String machine) {
        return machines.stream()
                .filter(m -> m.name().equals(machine))
                .findFirst()
                .orElseThrow(() ->
                        new IllegalArgumentException(
                                "machine: " + machine + " (expected: one of " + machines + ")"));
    }

    /// The router sends both VIP ranges to these and to no other; with none, nowhere.
    public void routeVipsTo(Machine... loadBalancers) {
        Stream<String> routes =
                loadBalancers.length == 0
                        ? Stream.of(
                                "route replace unreachable " + VIPS,
                                "-6 route replace unreachable " + VIPS6)
                        : Stream.of(
                                "route replace " + VIPS + hops(loadBalancers, Machine::address),
                                "-6 route replace "
                                        + VIPS6
                                        + hops(loadBalancers, Machine::address6));
        router().sh(routes.map(r -> "ip " + r).collect(Collectors.joining("\n")));
    }

    private static String hops(Machine[] machines, Function<Machine, String> address) {
        return Arrays.stream(machines)
                .map(m -> " nexthop via " + address.apply(m) + " dev " + m.name())
                .collect(Collectors.joining());
    }

    /// Ends every program on its machines and takes the machines away.
    @Override
    public void close() {
        guest.dataCentres().remove(this);
        Namespaces.delete(guest, machines.stream().map(Machine::namespace).toList());
    }

    @Override
    public String toString() {
        return name;
    }
}
