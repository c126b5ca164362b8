package dev.holdfast.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.lab.DataCentre;
import dev.holdfast.lab.Machine;
import dev.holdfast.lab.Output;
import dev.holdfast.lab.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// BIRD on the router and on each load balancer, with BGP and BFD between them, as `deploy/bird`
/// has it: which load balancers get packets is then up to what they announce.
final class Uplinks {

    private static final int BFD_MS = Integer.getInteger("holdfast.lab.bfd", 500);
    private static final Duration PATIENCE = Duration.ofMinutes(8);
    private static final String HOPS = "ip route show %s | grep -o 'lb[0-9]*' | sort -u";

    private final DataCentre dataCentre;
    private final String vip;
    private final Map<String, Running> birds = new LinkedHashMap<>();

    /// @param vip whose routes are looked at
    Uplinks(DataCentre dataCentre, String vip) {
        this.dataCentre = dataCentre;
        this.vip = vip;
    }

    /// Whether BFD waits as long as the shipped files say.
    static boolean asShipped() {
        return BFD_MS == 100;
    }

    /// Starts them all; the router then has no way to a VIP but what it is told.
    Uplinks start() {
        dataCentre.routeVipsTo();
        dataCentre.router().write("bird.conf", routerConfiguration());
        start(dataCentre.router());
        for (Machine machine : dataCentre.loadBalancers()) {
            machine.write("bird.conf", configuration(machine));
            start(machine);
        }
        return this;
    }

    /// What an agent has to know of the BIRD beside it.
    static Map<String, String> environment(Machine machine) {
        return Map.of(
                "HOLDFAST_BIRD_FILE", machine.directory() + "/run/vips.conf",
                "HOLDFAST_BIRD_CONFIG", machine.directory() + "/bird.conf",
                "HOLDFAST_BIRD_SOCKET", machine.directory() + "/bird.ctl");
    }

    void start(Machine machine) {
        String command =
                "mkdir -p run; rm -f bird.ctl; "
                        + "exec /usr/sbin/bird -f -c bird.conf -s bird.ctl -P bird.pid";
        birds.put(machine.name(), machine.start("bird", "sh -c '" + command + "'"));
    }

    Running bird(Machine machine) {
        Running bird = birds.get(machine.name());
        if (bird == null) {
            throw new IllegalArgumentException(machine + " (expected: one with BIRD)");
        }
        return bird;
    }

    /// The load balancers that the router sends the VIP's packets to.
    Set<String> hops() {
        return new TreeSet<>(dataCentre.router().sh(HOPS.formatted(vip)).lines().toList());
    }

    /// Waits until the router sends packets to these and to no other.
    void awaitHops(Machine... loadBalancers) {
        Set<String> expected = new TreeSet<>();
        for (Machine machine : loadBalancers) {
            expected.add(machine.name());
        }
        String script =
                "until [ \"$(echo $(%s))\" = '%s' ]; do sleep 0.5; done"
                        .formatted(HOPS.formatted(vip), String.join(" ", expected));
        Output output = dataCentre.router().run(script, PATIENCE);
        assertThat(output.ok()).as("hops %s (expected: %s)", hops(), expected).isTrue();
    }

    /// Waits until the router sends packets to a VIP of IPv6 to so many.
    void awaitHops6(String vip6, int loadBalancers) {
        String script =
                "until [ $(ip -6 route show %s | grep -o 'lb[0-9]*' | sort -u | wc -l) = %d ]; do sleep 0.5; done"
                        .formatted(vip6, loadBalancers);
        assertThat(dataCentre.router().run(script, PATIENCE).ok()).as("hops of %s", vip6).isTrue();
    }

    /// Nothing passes the cable any more and nobody is told, as when a machine loses its power
    /// behind a switch: only BFD can find out.
    ///
    /// @return how long the router went on using it
    Duration darken(Machine machine) {
        String script =
                """
                nft -f - <<'RULES'
                table inet dark-%1$s {
                  chain in { type filter hook prerouting priority -400; iifname "%1$s" drop; }
                  chain out { type filter hook postrouting priority 400; oifname "%1$s" drop; }
                }
                RULES
                """
                        .formatted(machine.name());
        return stillUsed(script, machine);
    }

    /// Waits until the router no longer uses a load balancer.
    ///
    /// @return how long that took
    Duration stillUsed(Machine machine) {
        return stillUsed("", machine);
    }

    private Duration stillUsed(String before, Machine machine) {
        String script =
                before
                        + """
                        start=$(date +%%s%%N)
                        while ip route show %s | grep -q 'dev %s'; do sleep 0.1; done
                        echo $((($(date +%%s%%N) - start) / 1000000))
                        """
                                .formatted(vip, machine.name());
        Output output = dataCentre.router().run(script, PATIENCE);
        assertThat(output.ok()).as("hops still %s", hops()).isTrue();
        return Duration.ofMillis(Long.parseLong(output.out().strip()));
    }

    void lighten(Machine machine) {
        dataCentre.router().sh("nft delete table inet dark-" + machine.name());
    }

    private String routerConfiguration() {
        String sessions =
                dataCentre.loadBalancers().stream()
                        .map(machine ->
                                "protocol bgp %1$s_4 from LB4 { neighbor %2$s as LB_AS; }\n"
                                                .formatted(machine.name(), machine.address())
                                        + "protocol bgp %1$s_6 from LB6 { neighbor %2$s as LB_AS; }\n"
                                                .formatted(machine.name(), machine.address6()))
                        .collect(Collectors.joining());
        return shipped("router.conf").replaceAll("(?m)^protocol bgp lb1_.*\n", "") + sessions;
    }

    private static String configuration(Machine machine) {
        return shipped("load-balancer.conf")
                .replaceAll("(?m)^define SELF = .*", "define SELF = " + machine.address() + ";")
                .replaceAll("(?m)^define ROUTER = .*", "define ROUTER = " + machine.gateway() + ";")
                .replaceAll(
                        "(?m)^define ROUTER6 = .*", "define ROUTER6 = " + machine.gateway6() + ";")
                .replace("/run/holdfast-agent", machine.directory() + "/run");
    }

    /// A machine that is emulated beside others may say nothing for some hundred milliseconds, so
    /// BFD waits longer than the files say, unless `-Dholdfast.lab.bfd=100` asks for what they say.
    private static String shipped(String file) {
        try {
            return Files.readString(Path.of("deploy", "bird", file))
                    .replace("define BFD_MS = 100;", "define BFD_MS = " + BFD_MS + ";")
                    .replace("log syslog all;", "log stderr all;");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
