package dev.holdfast.control.plan;

import dev.holdfast.control.desired.Prospect;
import dev.holdfast.control.desired.Turn;
import dev.holdfast.control.site.Encapsulations;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.HostAddress;
import dev.holdfast.wire.NodePart;
import dev.holdfast.wire.PlanSteps;
import dev.holdfast.wire.PlanSteps.Role;
import dev.holdfast.wire.ServiceState;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says in words what machines would do about a change. All load balancers of a site do the same,
/// apart from what concerns one of them alone.
final class Steps {

    private final Prospect prospect;
    private final Map<String, List<String>> ofHosts = new TreeMap<>();

    private Steps(Prospect prospect) {
        this.prospect = prospect;
    }

    static List<PlanSteps> of(Prospect prospect) {
        return new Steps(prospect).all();
    }

    private List<PlanSteps> all() {
        List<PlanSteps> found = new ArrayList<>();
        List<String> everywhere = everywhere();
        if (!everywhere.isEmpty() && !prospect.nodesAfter().isEmpty()) {
            found.add(new PlanSteps(Role.LOAD_BALANCER, prospect.nodesAfter(), everywhere));
        }
        for (Turn<NodePart> node : prospect.nodes()) {
            found.add(
                    new PlanSteps(
                            Role.LOAD_BALANCER,
                            List.of(node.name()),
                            List.of(node(node.before(), node.after()))));
        }
        prospect.services().forEach(this::noteHosts);
        Map<List<String>, List<String>> alike = new LinkedHashMap<>();
        ofHosts.forEach(
                (host, steps) -> alike.computeIfAbsent(steps, _ -> new ArrayList<>()).add(host));
        alike.forEach((steps, hosts) -> found.add(new PlanSteps(Role.BACKEND_HOST, hosts, steps)));
        return found;
    }

    private List<String> everywhere() {
        List<String> steps = new ArrayList<>();
        Encapsulation was = Objects.requireNonNull(prospect.encapsulation().before());
        Encapsulation is = Objects.requireNonNull(prospect.encapsulation().after());
        if (!was.equals(is)) {
            String step =
                    "send packets with %s, no longer with %s"
                            .formatted(Encapsulations.words(is), Encapsulations.words(was));
            steps.add(step);
        }
        accepted();
        if (is.kind() == Encapsulation.Kind.FOU) {
            prospect.hosts().forEach(host -> tunnel(host, steps));
        }
        prospect.services().forEach(service -> service(service, steps));
        return steps;
    }

    private void accepted() {
        Set<Encapsulation> was = Objects.requireNonNull(prospect.accepted().before());
        Set<Encapsulation> is = Objects.requireNonNull(prospect.accepted().after());
        List<String> steps = new ArrayList<>();
        is.stream()
                .filter(one -> !was.contains(one))
                .forEach(one -> steps.add("take packets in " + Encapsulations.words(one)));
        was.stream()
                .filter(one -> !is.contains(one))
                .forEach(one -> steps.add("take no more packets in " + Encapsulations.words(one)));
        for (String step : steps) {
            prospect.hostsAfter().forEach(host -> note(host, step));
        }
    }

    private static void tunnel(Turn<HostAddress> host, List<String> steps) {
        HostAddress is = host.after();
        steps.add(
                is == null
                        ? "remove the tunnel to " + host.name()
                        : "%s the tunnel to %s (%s)"
                                .formatted(
                                        host.before() == null ? "add" : "change",
                                        host.name(),
                                        is.address()));
    }

    private static void service(Turn<ServiceState> turn, List<String> steps) {
        ServiceState was = turn.before();
        ServiceState is = turn.after();
        if (is == null) {
            steps.add(turn.name() + ": remove the service with all its destinations");
            return;
        }
        if (was == null || !was.vip().equals(is.vip()) || !was.ports().equals(is.ports())) {
            steps.add(
                    "%s: %s the service on %s, %s"
                            .formatted(
                                    turn.name(),
                                    was == null ? "add" : "move",
                                    is.vip().address(),
                                    ports(is)));
        }
        if (was != null && was.announce() != is.announce()) {
            steps.add(
                    "%s: %s %s for it"
                            .formatted(
                                    turn.name(),
                                    is.announce() ? "announce" : "no longer announce",
                                    is.vip().address()));
        }
        if (was != null && was.affinity() != is.affinity()) {
            steps.add(turn.name() + ": hash by " + is.affinity());
        }
        if (!Objects.equals(was == null ? null : was.allowedSources(), is.allowedSources())) {
            steps.add(turn.name() + ": replace the rules of its allowed sources");
        }
        if (!Objects.equals(was == null ? null : was.healthCheck(), is.healthCheck())) {
            steps.add(turn.name() + ": change its probes");
        }
        destinations(turn.name(), was, is, steps);
    }

    private static void destinations(
            String name, @Nullable ServiceState was, ServiceState is, List<String> steps) {
        Map<Long, Destination> before = new LinkedHashMap<>();
        if (was != null) {
            was.destinations().forEach(one -> before.put(one.ordinal(), one));
        }
        for (Destination one : is.destinations()) {
            Destination old = before.remove(one.ordinal());
            if (old == null || !old.address().equals(one.address())) {
                steps.add("%s: add %s, weight %d".formatted(name, words(one), one.weight()));
                if (old != null) {
                    steps.add("%s: remove %s".formatted(name, words(old)));
                }
            }
            if (old != null && old.weight() != one.weight()) {
                steps.add(
                        "%s: change the weight of %s from %d to %d"
                                .formatted(name, words(one), old.weight(), one.weight()));
            }
            if (old == null ? !one.serving() : old.serving() != one.serving()) {
                steps.add(
                        "%s: %s %s"
                                .formatted(
                                        name,
                                        one.serving()
                                                ? "send new connections again to"
                                                : "send no new connections to",
                                        words(one)));
            }
        }
        before.values().forEach(old -> steps.add("%s: remove %s".formatted(name, words(old))));
    }

    private static String node(@Nullable NodePart was, @Nullable NodePart is) {
        if (is == null) {
            return "hear nothing more: it keeps forwarding what it has until it is stopped";
        }
        if (was == null) {
            return "take on the whole state, then announce every VIP";
        }
        if (was.maintenance() != is.maintenance()) {
            return is.maintenance() ? "withdraw all VIPs" : "announce every VIP again";
        }
        return "use address " + is.address();
    }

    private void noteHosts(Turn<ServiceState> service) {
        ServiceState was = service.before();
        ServiceState is = service.after();
        Set<String> had = hosts(was);
        Set<String> has = hosts(is);
        boolean moved = was != null && is != null && !was.vip().equals(is.vip());
        Set<String> both = new HashSet<>(had);
        both.addAll(has);
        for (String host : both) {
            if (is != null && has.contains(host) && (moved || !had.contains(host))) {
                note(host, "take packets for " + is.vip().address() + " (" + is.name() + ")");
            }
            if (was != null && had.contains(host) && (moved || !has.contains(host))) {
                note(
                        host,
                        "stop taking packets for %s (%s)"
                                .formatted(was.vip().address(), was.name()));
            }
        }
    }

    private void note(String host, String step) {
        ofHosts.computeIfAbsent(host, _ -> new ArrayList<>()).add(step);
    }

    private static Set<String> hosts(@Nullable ServiceState service) {
        Set<String> hosts = new HashSet<>();
        if (service != null) {
            for (Destination one : service.destinations()) {
                if (one.host() != null) {
                    hosts.add(one.host());
                }
            }
        }
        return hosts;
    }

    private static String words(Destination one) {
        return "destination " + one.called() + " (" + one.address() + ")";
    }

    private static String ports(ServiceState service) {
        return service.ports().stream()
                .map(port -> port.protocol() + " " + port.port())
                .collect(Collectors.joining(", "));
    }
}
