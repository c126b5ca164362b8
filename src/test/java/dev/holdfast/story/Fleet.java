package dev.holdfast.story;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.lab.DataCentre;
import dev.holdfast.lab.Guest;
import dev.holdfast.lab.Machine;
import dev.holdfast.lab.Output;
import dev.holdfast.lab.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// The machines of a data centre as nodes and hosts of a site, each with the shipped agent.
final class Fleet {

    /// What the unit leaves to the agent.
    private static final String CAPABILITIES =
            "setpriv --inh-caps=-all --bounding-set=-all,+net_admin,+net_raw,+sys_module ";

    private static final Duration PATIENCE = Duration.ofMinutes(8);

    private final DataCentre dataCentre;
    private final SiteOfATest site;
    private final Map<String, Running> agents = new LinkedHashMap<>();
    private final Map<String, String> tokens = new LinkedHashMap<>();
    private boolean announces;
    private boolean byIpv6;

    Fleet(DataCentre dataCentre, SiteOfATest site) {
        this.dataCentre = dataCentre;
        this.site = site;
    }

    /// Its load balancers announce VIPs by the BIRD beside them; see [Uplinks].
    Fleet announcing() {
        announces = true;
        return this;
    }

    /// Its machines are known by their addresses of IPv6.
    Fleet overIpv6() {
        byIpv6 = true;
        return this;
    }

    /// Makes every load balancer a node and every backend a host, and starts their agents.
    Fleet join() {
        joinLoadBalancers();
        for (Machine machine : dataCentre.backends()) {
            join("hosts", machine);
        }
        dataCentre.backends().forEach(this::start);
        return this;
    }

    /// Makes every load balancer a node, and starts its agent.
    Fleet joinLoadBalancers() {
        for (Machine machine : dataCentre.loadBalancers()) {
            join("nodes", machine);
        }
        dataCentre.loadBalancers().forEach(this::start);
        return this;
    }

    /// Makes one backend a host, and starts its agent.
    Fleet join(Machine backend) {
        join("hosts", backend);
        start(backend);
        return this;
    }

    /// Starts an agent on a machine that is a host already and had none.
    void equip(Machine host) {
        newToken("hosts/" + host.name(), host);
        start(host);
    }

    private void join(String kind, Machine machine) {
        String path = kind + "/" + machine.name();
        String address = byIpv6 ? machine.address6() : machine.address();
        site.put(path, "{'address': '%s'}".formatted(address)).is(201);
        newToken(path, machine);
    }

    private void newToken(String path, Machine machine) {
        tokens.put(machine.name(), site.post(path + "/token", "").is(200).at("/token"));
    }

    /// Starts the agent of a load balancer that is another machine of the same name.
    void joinAgain(Machine loadBalancer) {
        newToken("nodes/" + loadBalancer.name(), loadBalancer);
        start(loadBalancer);
    }

    /// Starts a machine's agent out of its Debian package, as its unit would.
    void start(Machine machine) {
        agents.put(machine.name(), run(machine, "run"));
    }

    void restart(Machine machine) {
        agent(machine).stop();
        start(machine);
    }

    /// Takes everything of Holdfast's out of a machine's kernel.
    void cleanUp(Machine machine) {
        Output said = machine.run(exports(machine) + program(machine) + " cleanup --yes", PATIENCE);
        System.out.println("cleanup of %s: %s".formatted(machine, said));
    }

    private Running run(Machine machine, String words) {
        return machine.start("agent", program(machine) + " " + words, environment(machine));
    }

    /// What `doctor` prints there.
    String doctor(Machine machine, int exit) {
        Output said = machine.run(exports(machine) + program(machine) + " doctor", PATIENCE);
        assertThat(said.exit()).as("%s", said).isEqualTo(exit);
        return said.out();
    }

    private String exports(Machine machine) {
        StringBuilder script = new StringBuilder();
        environment(machine)
                .forEach((name, value) -> script.append("export %s='%s'\n".formatted(name, value)));
        return script.toString();
    }

    private String program(Machine machine) {
        Path program =
                Path.of("target/debian/holdfast-agent-" + role(machine), "usr/bin/holdfast-agent");
        return CAPABILITIES + program.toAbsolutePath();
    }

    private String role(Machine machine) {
        return dataCentre.loadBalancers().contains(machine) ? "load-balancer" : "backend";
    }

    private Map<String, String> environment(Machine machine) {
        Map<String, String> environment = new LinkedHashMap<>();
        if (announces && role(machine).equals("load-balancer")) {
            environment.putAll(Uplinks.environment(machine));
        }
        environment.putAll(
                Map.of(
                        "HOLDFAST_ROLE", role(machine),
                        "HOLDFAST_SITE", site.name(),
                        "HOLDFAST_NAME", machine.name(),
                        "HOLDFAST_SERVERS",
                                "http://%s:%d"
                                        .formatted(
                                                Guest.HOST_ADDRESS, site.api().server().getPort()),
                        "HOLDFAST_TOKEN", tokens.getOrDefault(machine.name(), ""),
                        "HOLDFAST_DATA_DIR", machine.directory() + "/agent",
                        "HOLDFAST_REPORT_SECONDS", "3"));
        return environment;
    }

    Running agent(Machine machine) {
        Running agent = agents.get(machine.name());
        if (agent == null) {
            throw new IllegalArgumentException(machine + " (expected: one that joined)");
        }
        return agent;
    }

    /// Waits until every agent has told of itself.
    void awaitHeard() {
        await(
                "status",
                status ->
                        List.of("nodes", "hosts").stream()
                                .flatMap(kind -> status.json().get(kind).values().stream())
                                .allMatch(machine -> machine.has("heardAt")));
    }

    /// Waits until every machine that joined reports the site's revision, without failures.
    Answer awaitLive() {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            Answer status = site.get("status").is(200);
            if (isLive(status)) {
                return status;
            }
            assertThat(Instant.now()).as("not live: %s", status).isBefore(end);
            pause();
        }
    }

    /// Waits until these hosts report a revision that concerned them, which has to be told apart
    /// from [#awaitLive]: load balancers may be faster.
    void awaitApplied(long revision, Collection<Machine> hosts) {
        Instant end = Instant.now().plus(PATIENCE);
        Set<String> names = hosts.stream().map(Machine::name).collect(Collectors.toSet());
        while (true) {
            Answer status = site.get("status").is(200);
            boolean applied = true;
            for (JsonNode host : status.json().get("hosts").values()) {
                applied &=
                        !names.contains(host.get("name").asString())
                                || (host.path("appliedRevision").asLong(-1) >= revision
                                        && host.get("failures").isEmpty());
            }
            if (applied) {
                return;
            }
            assertThat(Instant.now()).as("not at revision %d: %s", revision, status).isBefore(end);
            pause();
        }
    }

    /// A host's own `appliedRevision` moves only with what concerns it.
    private boolean isLive(Answer status) {
        long revision = status.json().get("revision").asLong();
        for (JsonNode node : status.json().get("nodes").values()) {
            if (node.path("appliedRevision").asLong(-1) != revision
                    || !node.get("failures").isEmpty()) {
                return false;
            }
        }
        for (JsonNode host : status.json().get("hosts").values()) {
            boolean joined = tokens.containsKey(host.get("name").asString());
            if (joined && (!host.has("appliedRevision") || !host.get("failures").isEmpty())) {
                return false;
            }
        }
        return true;
    }

    /// Waits until what is there is as it should be.
    void await(String path, Predicate<Answer> isSo) {
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            Answer answer = site.get(path).is(200);
            if (isSo.test(answer)) {
                return;
            }
            assertThat(Instant.now()).as("not yet: %s", answer).isBefore(end);
            pause();
        }
    }

    static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
