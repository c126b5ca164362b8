package dev.holdfast.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Api;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.control.driver.WithControlPlane;
import dev.holdfast.lab.DataCentre;
import dev.holdfast.lab.Extent;
import dev.holdfast.lab.Lab;
import dev.holdfast.lab.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/// SAME-TABLE with the shipped agents of three load balancers, which are killed with `kill -9` in
/// the middle of changes and started again, and whose tables people edit meanwhile. What their
/// kernels hold in the end, destination by destination in the kernel's order, is the same on all
/// three.
///
/// `./check` runs the first history, the long form (`-Dholdfast.lab.full=true`) 10; what 200
/// histories do to a reconciler without its process is in `SameTableLabTest`.
@Lab
@WithControlPlane
class RestartsLabTest {

    private static final int HISTORIES = Extent.of(1, 10);
    private static final int LOAD_BALANCERS = 3;
    private static final int HOSTS = 8;
    private static final int MOMENTS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    @Autowired private Api api;

    @Test
    void agentsThatAreKilledInTheMiddleComeToOneTable() {
        DataCentre dataCentre = DataCentre.named("restarts").loadBalancers(LOAD_BALANCERS).build();
        SiteOfATest site =
                api.newSite(
                        "{'vipRanges': ['%s'], 'encapsulation': {'kind': 'GUE'}}"
                                .formatted(DataCentre.VIPS));
        Fleet fleet = new Fleet(dataCentre, site).joinLoadBalancers();
        for (int host = 1; host <= HOSTS; host++) {
            site.put("hosts/h" + host, "{'address': '10.3.9.%d'}".formatted(host)).is(201);
        }
        site.put("vips/shop", "{}").is(201);
        for (int seed = 0; seed < HISTORIES; seed++) {
            new History(seed, site, fleet, dataCentre.loadBalancers()).happens();
        }
    }

    /// What happens to one service, and to the load balancers that carry it.
    private static final class History {
        private final int seed;
        private final SplittableRandom random;
        private final SiteOfATest site;
        private final Fleet fleet;
        private final List<Machine> balancers;
        private final Set<Integer> backends = new TreeSet<>();
        private int kills;

        History(int seed, SiteOfATest site, Fleet fleet, List<Machine> balancers) {
            this.seed = seed;
            this.random = new SplittableRandom(seed);
            this.site = site;
            this.fleet = fleet;
            this.balancers = balancers;
        }

        void happens() {
            service();
            backend(1 + random.nextInt(HOSTS));
            for (int moment = 0; moment < MOMENTS; moment++) {
                List<Machine> dead = new ArrayList<>();
                for (int change = 1 + random.nextInt(4); change > 0; change--) {
                    somethingChanges();
                    Machine balancer = balancers.get(random.nextInt(LOAD_BALANCERS));
                    if (!dead.contains(balancer) && random.nextInt(3) == 0) {
                        fleet.agent(balancer).kill();
                        dead.add(balancer);
                        kills++;
                    } else if (random.nextInt(3) == 0) {
                        somebodyEdits(balancer);
                    }
                }
                dead.forEach(fleet::start);
            }
            fleet.awaitLive();
            int size = awaitOneTable();
            System.out.printf(
                    "seed %d: %d kills, one table of %d destinations%n", seed, kills, size);
            site.delete("services/shop?meant=true").is(204);
        }

        private void somethingChanges() {
            int host = 1 + random.nextInt(HOSTS);
            if (random.nextInt(8) == 0) {
                service();
            } else if (random.nextInt(3) == 0 && backends.size() > 1 && backends.remove(host)) {
                site.delete("services/shop/backends/h%d?meant=true".formatted(host)).is(204);
            } else {
                backend(host);
            }
        }

        private void service() {
            String json =
                    """
                    {'vip': 'shop', 'ports': [{'protocol': 'TCP', 'port': 80}], 'affinity': '%s'}\
                    """
                            .formatted(random.nextBoolean() ? "CONNECTION" : "CLIENT_ADDRESS");
            assertThat(site.put("services/shop?meant=true", json).status()).isIn(200, 201);
        }

        private void backend(int host) {
            String[] states = {"ENABLED", "ENABLED", "DRAINING", "DISABLED"};
            String json =
                    "{'weight': %d, 'adminState': '%s'}"
                            .formatted(1 + random.nextInt(5), states[random.nextInt(4)]);
            String path = "services/shop/backends/h%d?meant=true".formatted(host);
            assertThat(site.put(path, json).status()).isIn(200, 201);
            backends.add(host);
        }

        /// A destination goes, or gets another weight, or goes to the other end of the list.
        private void somebodyEdits(Machine balancer) {
            String[] deeds = {
                "ipvsadm -d -t $vip -r $to",
                "ipvsadm -e -t $vip -r $to -i -w 77",
                "ipvsadm -d -t $vip -r $to; ipvsadm -a -t $vip -r $to -i -w 1"
            };
            balancer.run(
                    """
                    vip=$(ipvsadm -Sn | sed -n 's/^-A -t \\([^ ]*\\) .*/\\1/p' | head -1)
                    to=$(ipvsadm -Sn | sed -n 's/^-a .* -r \\([^ ]*\\) .*/\\1/p' | shuf -n 1)
                    """
                            + deeds[random.nextInt(deeds.length)],
                    PATIENCE);
        }

        private int awaitOneTable() {
            Instant end = Instant.now().plus(PATIENCE);
            while (true) {
                boolean agree = Boolean.parseBoolean(site.get("status").is(200).at("/agree"));
                List<String> held = balancers.stream().map(History::held).toList();
                if (agree && new HashSet<>(held).size() == 1) {
                    List<String> lines = held.getFirst().lines().toList();
                    assertThat(lines).as("seed %d", seed).hasSize(1 + backends.size());
                    return backends.size();
                }
                assertThat(Instant.now())
                        .as("seed %d, agree: %s, tables:%n%s", seed, agree, held)
                        .isBefore(end);
                Fleet.pause();
            }
        }

        /// The service and its destinations, without counters, in the kernel's order.
        private static String held(Machine balancer) {
            return balancer.sh(
                    "tail -n +4 /proc/net/ip_vs | awk '{ print $1, $2, $3, $4, $1 == \"->\" ? \"\" : $0 }'");
        }
    }
}
