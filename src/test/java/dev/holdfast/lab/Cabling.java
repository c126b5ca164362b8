package dev.holdfast.lab;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Lays the links of a data centre: one script makes all namespaces and cables, then one script
/// each gives the machines their addresses and settings, side by side.
final class Cabling {
    private static final AtomicInteger MANAGEMENT_PORTS = new AtomicInteger();

    private Cabling() {}

    static List<Place> lay(Guest guest, DataCentre.Plan plan) {
        List<Place> places = places(plan);
        guest.sh("ip -batch - <<'LINES'\n" + lines(places, Cabling::cables) + "LINES\n");
        try (ExecutorService hands = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<String>> settings = new ArrayList<>();
            for (Place place : places) {
                String script = place.isRouter() ? routerScript(places) : machineScript(place);
                settings.add(hands.submit(() -> guest.shIn(place.namespace(), script)));
            }
            settings.forEach(Cabling::await);
        }
        return places;
    }

    private static List<Place> places(DataCentre.Plan plan) {
        List<Place> places = new ArrayList<>();
        places.add(place(plan.name(), "router", 0, 0));
        for (int i = 0; i < plan.clientCount(); i++) {
            places.add(place(plan.name(), "client" + (i + 1), 1, i));
        }
        for (int i = 1; i <= plan.loadBalancerCount(); i++) {
            places.add(place(plan.name(), "lb" + i, 2, i));
        }
        for (int i = 1; i <= plan.backendCount(); i++) {
            places.add(place(plan.name(), "be" + i, 3, i));
        }
        for (int i = 1; i <= plan.oldCount(); i++) {
            places.add(place(plan.name(), "old" + i, 4, i));
        }
        return places;
    }

    private static Place place(String dataCentre, String name, int network, int number) {
        int port = MANAGEMENT_PORTS.incrementAndGet();
        return new Place(
                dataCentre,
                name,
                network,
                number,
                "mgmt" + port,
                "10.9.%d.%d/16".formatted(1 + port / 250, 1 + port % 250));
    }

    private static String lines(List<Place> places, Function<Place, String> one) {
        return places.stream().map(one).collect(Collectors.joining());
    }

    private static String cables(Place place) {
        String management =
                """
                netns add %1$s
                link add %2$s type veth peer name mgmt netns %1$s
                link set %2$s master machines up
                """
                        .formatted(place.namespace(), place.managementPort());
        return place.isRouter()
                ? management
                : management
                        + "link add %s netns %s type veth peer name eth0 netns %s\n"
                                .formatted(
                                        place.name(), place.routerNamespace(), place.namespace());
    }

    private static String machineScript(Place place) {
        String client =
                // Without this, Linux picks a new hash for a socket at a retransmission; it
                // survives the
                // veth, and the router would move the flow to another load balancer. No real one
                // does.
                place.network() == 1 ? "echo 0 >/proc/sys/net/core/txrehash\n" : "";
        return start(place)
                + client
                + """
                ip -batch - <<'LINES'
                link set lo up
                link set mgmt up
                address add %1$s dev mgmt
                route add %2$s via 10.9.0.1
                link set eth0 up
                address add %3$s/24 dev eth0
                address add %5$s/64 dev eth0 nodad
                route add default via %4$s
                route add default via %6$s
                LINES
                """
                        .formatted(
                                place.managementAddress(),
                                Guest.HOST_ADDRESS,
                                place.address(),
                                place.gateway(),
                                place.address6(),
                                place.gateway6());
    }

    private static String routerScript(List<Place> places) {
        Place router = places.getFirst();
        return start(router)
                + """
                cd /proc/sys/net
                echo 1 >ipv4/ip_forward
                echo 1 >ipv6/conf/all/forwarding
                echo 1 >ipv4/fib_multipath_hash_policy
                echo 1 >ipv6/fib_multipath_hash_policy
                echo 0 >ipv4/conf/all/rp_filter
                echo 0 >ipv4/conf/default/rp_filter
                echo 1 >ipv6/conf/all/keep_addr_on_down
                ip -batch - <<'LINES'
                link set lo up
                link set mgmt up
                address add %s dev mgmt
                route add %s via 10.9.0.1
                %sLINES
                """
                        .formatted(
                                router.managementAddress(),
                                Guest.HOST_ADDRESS,
                                lines(places, Cabling::routerEnd));
    }

    private static String routerEnd(Place place) {
        return place.isRouter()
                ? ""
                : """
                link set %1$s up
                address add %2$s/24 dev %1$s
                address add %3$s/64 dev %1$s nodad
                """
                        .formatted(place.name(), place.gateway(), place.gateway6());
    }

    private static String start(Place place) {
        return """
        set -e
        mkdir -p /var/lib/holdfast-lab/%s
        """
                .formatted(place.namespace());
    }

    private static void await(Future<String> task) {
        try {
            task.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while cables were laid", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("the cables could not be laid", e.getCause());
        }
    }
}
