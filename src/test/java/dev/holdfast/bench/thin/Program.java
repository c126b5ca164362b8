package dev.holdfast.bench.thin;

import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.bench.HoldfastServer;
import dev.holdfast.lab.Guest;
import dev.holdfast.lab.Machine;
import java.nio.file.Path;
import java.util.Map;

/// What can keep a site's services in a machine's kernel.
record Program(Machine machine, String command, Map<String, String> environment) {

    /// As it is shipped.
    static final Path AGENT =
            Path.of("target/debian/holdfast-agent-load-balancer/usr/bin/holdfast-agent");

    static Program agent(Machine machine, HoldfastServer holdfast, String site, String token) {
        String server = "http://" + Guest.HOST_ADDRESS + ":" + holdfast.address().getPort();
        return new Program(
                machine,
                AGENT.toAbsolutePath() + " run",
                Map.of(
                        "HOLDFAST_ROLE",
                        "load-balancer",
                        "HOLDFAST_SITE",
                        site,
                        "HOLDFAST_NAME",
                        "n0",
                        "HOLDFAST_SERVERS",
                        server,
                        "HOLDFAST_TOKEN",
                        token,
                        "HOLDFAST_DATA_DIR",
                        machine.directory() + "/agent"));
    }

    /// With its health checks switched on, of which the configuration has none.
    static Program keepalived(Machine machine, NodeDesired state) {
        String file = machine.write("keepalived.conf", SameContent.keepalived(state));
        return new Program(
                machine,
                "keepalived --dont-fork --log-console --check --use-file "
                        + file
                        + " --pid k.pid --checkers_pid c.pid",
                Map.of());
    }
}
