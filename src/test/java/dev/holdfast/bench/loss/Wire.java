package dev.holdfast.bench.loss;

import static dev.holdfast.netlink.Commands.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A router and two load balancers in network namespaces of this machine, each on a switch between
/// them, with the shipped files of BIRD: a load balancer that loses its power takes down its own
/// side of the switch, and the router's link stays up.
final class Wire implements AutoCloseable {

    static final String VIP = "198.51.100.1";

    private static final List<Integer> LOAD_BALANCERS = List.of(1, 2);
    private static final List<String> NAMESPACES =
            List.of("hf-router", "hf-switch", "hf-lb1", "hf-lb2");
    private static final String POLL_SECONDS = "0.002";

    private final Path directory;
    private final List<Process> birds = new ArrayList<>();

    /// @param withBfd or else only BGP's own hold time finds a loss
    Wire(Path directory, boolean withBfd) throws IOException, InterruptedException {
        this.directory = directory.toAbsolutePath();
        removeNamespaces();
        for (String name : NAMESPACES) {
            run("ip netns add %1$s && ip -n %1$s link set lo up".formatted(name));
        }
        for (int number : LOAD_BALANCERS) {
            connect(number);
        }
        bird("hf-router", withBfd ? router() : withoutBfd(router()));
        for (int number : LOAD_BALANCERS) {
            String configuration = loadBalancer(number);
            bird("hf-lb" + number, withBfd ? configuration : withoutBfd(configuration));
        }
    }

    private static void connect(int number) throws IOException, InterruptedException {
        run(
                """
                set -e
                ip -n hf-switch link add br%1$d type bridge
                ip -n hf-switch link add r%1$d type veth peer name lb%1$d netns hf-router
                ip -n hf-switch link add a%1$d type veth peer name eth0 netns hf-lb%1$d
                for port in r%1$d a%1$d; do ip -n hf-switch link set $port master br%1$d up; done
                ip -n hf-switch link set br%1$d up
                ip -n hf-router address add 10.2.%1$d.1/24 dev lb%1$d
                ip -n hf-router link set lb%1$d up
                ip -n hf-lb%1$d address add 10.2.%1$d.2/24 dev eth0
                ip -n hf-lb%1$d link set eth0 up
                """
                        .formatted(number));
    }

    private void bird(String namespace, String configuration) throws IOException {
        Path home = Files.createDirectories(directory.resolve(namespace));
        Files.writeString(home.resolve("bird.conf"), configuration);
        List<String> command =
                List.of(
                        "ip",
                        "netns",
                        "exec",
                        namespace,
                        "bird",
                        "-f",
                        "-c",
                        "bird.conf",
                        "-s",
                        "bird.ctl",
                        "-P",
                        "bird.pid");
        birds.add(
                new ProcessBuilder(command)
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(home.resolve("bird.log").toFile())
                        .start());
    }

    private static String router() throws IOException {
        StringBuilder text = new StringBuilder(shipped("router.conf"));
        for (int number : LOAD_BALANCERS) {
            text.append(
                    "protocol bgp wire%1$d from LB4 { neighbor 10.2.%1$d.2 as LB_AS; }\n"
                            .formatted(number));
        }
        return text.toString().replaceAll("(?m)^protocol bgp lb1_.*\n", "");
    }

    private String loadBalancer(int number) throws IOException {
        Path vips = Files.createDirectories(directory.resolve("vips"));
        Files.writeString(
                vips.resolve("vips.conf"),
                "protocol static holdfast_vips4 { ipv4; route " + VIP + "/32 blackhole; }\n");
        return shipped("load-balancer.conf")
                .replace("10.2.1.", "10.2." + number + ".")
                .replace("/run/holdfast-agent", vips.toString());
    }

    private static String shipped(String file) throws IOException {
        return Files.readString(Path.of("deploy", "bird", file))
                .replace("log syslog all;", "log stderr all;");
    }

    private static String withoutBfd(String configuration) {
        return configuration
                .replaceAll("(?m)^protocol bfd .*\n", "")
                .replaceAll("(?m)^ *bfd on;\n", "");
    }

    /// Waits until the router sends packets for the VIP to both.
    void awaitBoth() throws IOException, InterruptedException {
        run(
                "timeout 60 sh -c 'until [ $(%s | grep -c \"dev lb\") = 2 ]; do sleep 0.1; done'"
                        .formatted(route()));
    }

    /// Takes the power of a load balancer, and gives it back once the router has noticed.
    ///
    /// @return nanoseconds until the router's kernel had no more way to it
    long lose(int number) throws IOException, InterruptedException {
        String nanos =
                run(
                        """
                        start=$(date +%%s%%N)
                        ip -n hf-switch link set a%1$d down
                        while %2$s | grep -q 'dev lb%1$d'; do sleep %3$s; done
                        echo $(($(date +%%s%%N) - start))
                        ip -n hf-switch link set a%1$d up
                        """
                                .formatted(number, route(), POLL_SECONDS));
        return Long.parseLong(nanos.strip());
    }

    private static String route() {
        return "ip -n hf-router route show " + VIP;
    }

    private static void removeNamespaces() throws IOException, InterruptedException {
        for (String name : NAMESPACES) {
            run("ip netns del %s 2>/dev/null || true".formatted(name));
        }
    }

    @Override
    public void close() throws IOException {
        try {
            for (Process bird : birds) {
                bird.destroy();
                bird.waitFor();
            }
            removeNamespaces();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
