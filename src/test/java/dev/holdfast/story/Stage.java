package dev.holdfast.story;

import dev.holdfast.control.driver.Answer;
import dev.holdfast.control.driver.SiteOfATest;
import dev.holdfast.lab.DataCentre;
import dev.holdfast.lab.Machine;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// Where scenarios are played: a data centre whose load balancers announce VIPs of both families,
/// and two services on the same backends, of which `shop` gives a second chance and `plain` does
/// not. A third, over IPv6, is there to be announced.
record Stage(
        DataCentre dataCentre, SiteOfATest site, Fleet fleet, Uplinks uplinks, Servers servers) {

    /// The one that gives a second chance is written last.
    private static final List<String> SERVICES = List.of("plain", "shop");

    private static final Pattern BACKEND = Pattern.compile("backend \\w+/(\\w+)");

    private static final List<String> BACKENDS = List.of("be1", "be2", "be3", "be4");

    static final String SHOP = "198.51.100.1";
    static final String PLAIN = "198.51.100.2";
    static final String SIX = "2001:db8:100::1";

    /// Makes both services, starts every program, and waits until the router uses every one.
    void open() {
        fleet.join();
        service("shop", SHOP, "'secondChance': true, 'udpSecondChance': true");
        service("plain", PLAIN, "'secondChance': false");
        site.put("vips/six", "{'address': '%s'}".formatted(SIX)).is(201);
        site.put("services/six", "{'vip': 'six', 'ports': [{'protocol': 'TCP', 'port': 80}]}")
                .is(201);
        site.put("services/six/backends/be1", "{}").is(201);
        // Starting them all at once keeps an emulated machine busy for longer than BFD waits.
        fleet.awaitHeard();
        uplinks.start();
        // One that passes later would change the table under the first scenario.
        BACKENDS.forEach(host -> judged(host, true));
        fleet.awaitLive().has("/agree", true);
        everyoneAnnounces();
        uplinks.awaitHops6(SIX, dataCentre.loadBalancers().size());
        for (String vip : List.of("shop", "six")) {
            fleet.await(
                    "vips/" + vip,
                    seen ->
                            seen.json()
                                    .get("announced")
                                    .valueStream()
                                    .allMatch(node ->
                                            node.get("announced").asBoolean()
                                                    && node.get("session")
                                                            .asString()
                                                            .equals(session(vip))));
        }
    }

    /// As the shipped configuration names the session that carries it.
    private static String session(String vip) {
        return vip.equals("six") ? "router6" : "router4";
    }

    private void service(String name, String address, String chance) {
        site.put("vips/" + name, "{'address': '%s'}".formatted(address)).is(201);
        String ports = "[{'protocol': 'TCP', 'port': 80}, {'protocol': 'UDP', 'port': 80}]";
        String check =
                "'healthCheck': {'kind': 'TCP', 'port': 80, 'intervalSeconds': 3, 'timeoutSeconds': 3}";
        site.put(
                        "services/" + name,
                        "{'vip': '%s', 'ports': %s, %s, %s}".formatted(name, ports, check, chance))
                .is(201);
        for (String host : BACKENDS) {
            site.put("services/%s/backends/%s".formatted(name, host), "{}").is(201);
        }
    }

    Machine loadBalancer(int number) {
        return dataCentre.loadBalancer(number);
    }

    /// All that have an agent.
    List<Machine> machines() {
        return Stream.concat(dataCentre.loadBalancers().stream(), dataCentre.backends().stream())
                .toList();
    }

    /// @return the longest time of all
    Duration inTurn(Function<Machine, Duration> what) {
        return Collections.max(dataCentre.loadBalancers().stream().map(what).toList());
    }

    /// Maintenance of a load balancer, and back.
    ///
    /// @param work done when it is safe
    /// @return how long the router went on using it
    Duration maintain(Machine machine, Consumer<Machine> work) {
        String path = "nodes/" + machine.name() + "/maintenance";
        site.put(path, "{'reason': 'new network card'}").is(201);
        Duration used = uplinks.stillUsed(machine);
        fleet.await(path, answer -> answer.at("/progress").equals("SAFE_TO_STOP"));
        work.accept(machine);
        fleet.awaitLive();
        fleet.await(
                "nodes/" + machine.name(),
                node ->
                        node.at("/observed/lost").equals("false")
                                && node.at("/observed/agrees").equals("true"));
        site.delete(path).is(204);
        everyoneAnnounces();
        return used;
    }

    /// Takes a load balancer's power, until the router no longer uses it and for a while longer.
    ///
    /// @return how long the router went on using it
    Duration lose(Machine loadBalancer) {
        Duration used = uplinks.darken(loadBalancer);
        pause(5);
        return used;
    }

    void giveBack(Machine loadBalancer) {
        uplinks.lighten(loadBalancer);
        everyoneAnnounces();
    }

    /// Loses one and gets it back.
    Duration loseForAWhile(Machine loadBalancer) {
        Duration used = lose(loadBalancer);
        giveBack(loadBalancer);
        return used;
    }

    /// Loses one and gets it back with nothing of Holdfast's in its kernel or in `/run`; BIRD
    /// starts first. Its disk, with the state of before, is there.
    Duration reboot(Machine loadBalancer) {
        Duration used = lose(loadBalancer);
        fleet.agent(loadBalancer).kill();
        uplinks.bird(loadBalancer).kill();
        fleet.cleanUp(loadBalancer);
        loadBalancer.sh("rm -rf %1$s/run".formatted(loadBalancer.directory()));
        uplinks.start(loadBalancer);
        fleet.start(loadBalancer);
        giveBack(loadBalancer);
        return used;
    }

    /// Another machine in a load balancer's place: empty kernel, empty disk, a token of its own.
    void replace(Machine loadBalancer) {
        fleet.agent(loadBalancer).stop();
        uplinks.bird(loadBalancer).stop();
        fleet.cleanUp(loadBalancer);
        loadBalancer.sh("rm -rf %1$s/agent %1$s/run".formatted(loadBalancer.directory()));
        uplinks.start(loadBalancer);
        fleet.joinAgain(loadBalancer);
    }

    void everyoneAnnounces() {
        uplinks.awaitHops(dataCentre.loadBalancers().toArray(Machine[]::new));
    }

    /// Writes a backend and waits until load balancers and hosts know.
    void backend(String host, String json) {
        long revision = 0;
        for (String service : SERVICES) {
            revision = site.put("services/%s/backends/%s".formatted(service, host), json).etag();
        }
        known(revision);
    }

    /// A new backend takes traffic only after its first pass, which is another revision.
    void joins(String host) {
        backend(host, "{}");
        judged(host, true);
    }

    void noBackend(String host) {
        long revision = 0;
        for (String service : SERVICES) {
            String path = "services/%s/backends/%s".formatted(service, host);
            revision = site.delete(path).is(204).etag();
        }
        known(revision);
    }

    /// Until every load balancer has the new table, also one that the router has lost, and every
    /// backend of it the one before.
    private void known(long revision) {
        fleet.await("status", Stage::isAtItsRevision);
        List<Machine> carriers =
                dataCentre.backends().stream()
                        .filter(machine ->
                                site.get("services/shop/backends/" + machine.name()).status()
                                        == 200)
                        .toList();
        fleet.awaitApplied(revision, carriers);
    }

    private static boolean isAtItsRevision(Answer status) {
        long revision = status.json().get("revision").asLong();
        return status.json()
                .get("nodes")
                .valueStream()
                .allMatch(node -> node.path("appliedRevision").asLong(-1) == revision);
    }

    /// Until its health checks have failed and the tables have it no more.
    ///
    /// @return how long the checks took
    Duration killServer(String host) {
        servers.kill(host);
        return judged(host, false);
    }

    void startServer(String host) {
        servers.start(host);
        judged(host, true);
    }

    private Duration judged(String host, boolean healthy) {
        Instant start = Instant.now();
        String verdict = healthy ? "UP" : "DOWN";
        for (String service : SERVICES) {
            fleet.await(
                    "services/%s/backends/%s".formatted(service, host),
                    answer -> answer.at("/health/state").equals(verdict));
        }
        Duration took = Duration.between(start, Instant.now());
        known(site.get("services/shop/backends/" + host).etag());
        return took;
    }

    /// The site's newest revision.
    long revision() {
        return site.get("status").is(200).json().get("revision").asLong();
    }

    /// Backends that health checks gave another verdict after a revision, in any service. With a
    /// page of the newest revisions: a scenario makes few.
    Set<String> judgedAfter(long revision) {
        Set<String> judged = new TreeSet<>();
        for (JsonNode one : site.get("revisions?limit=100").is(200).json().get("items").values()) {
            if (one.get("revision").asLong() > revision
                    && one.get("actor").asString().equals("health")) {
                Matcher backend = BACKEND.matcher(one.get("summary").asString());
                while (backend.find()) {
                    judged.add(Objects.requireNonNull(backend.group(1)));
                }
            }
        }
        return judged;
    }

    void pause(int seconds) {
        dataCentre.client().sh("sleep " + seconds);
    }
}
