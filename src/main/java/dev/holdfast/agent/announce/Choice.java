package dev.holdfast.agent.announce;

import dev.holdfast.agent.reconcile.Outcome;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.NodePart;
import dev.holdfast.wire.ServiceState;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/// Which VIPs routers should send here, and why not the others. Pure.
///
/// To begin is harder than to go on. A VIP begins only when all of it is programmed. Once
/// announced, it stays while any service on it is: one bad service on every node must not take down
/// the others (NO-CLIFF), and a kernel that cannot be read goes on forwarding (FAIL-STATIC).
///
/// @param vips those with a service, by name
/// @param why the reasons for not announcing, by name; a VIP that is not here is announced
record Choice(Map<String, IpAddress> vips, Map<String, String> why) {

    /// What may be announced whatever the kernel holds: for before its tables change.
    static Choice permitted(NodePart node, Collection<ServiceState> services) {
        return choose(services, ofVip -> refusal(node, ofVip));
    }

    /// @param outcome of the round that brought the kernel to these services
    /// @param before what was announced until now
    static Choice of(
            NodePart node, Collection<ServiceState> services, Outcome outcome, VipRoutes before) {
        return choose(
                services,
                ofVip -> refusal(node, ofVip).or(() -> unprogrammed(ofVip, outcome, before)));
    }

    private static Choice choose(
            Collection<ServiceState> all, Function<List<ServiceState>, Optional<String>> refusal) {
        Map<String, List<ServiceState>> byVip = new TreeMap<>();
        for (ServiceState service : all) {
            byVip.computeIfAbsent(service.vip().name(), _ -> new ArrayList<>()).add(service);
        }
        Map<String, IpAddress> vips = new TreeMap<>();
        Map<String, String> why = new TreeMap<>();
        byVip.forEach((name, services) -> {
            vips.put(name, services.getFirst().vip().address());
            refusal.apply(services.stream().filter(ServiceState::announce).toList())
                    .ifPresent(reason -> why.put(name, reason));
        });
        return new Choice(vips, why);
    }

    /// @param services of one VIP, those that should carry traffic
    private static Optional<String> refusal(NodePart node, List<ServiceState> services) {
        if (node.maintenance()) {
            return Optional.of("this node is in maintenance");
        }
        if (services.isEmpty()) {
            return Optional.of("none of its services is to carry traffic from here");
        }
        boolean serves =
                services.stream()
                        .flatMap(service -> service.destinations().stream())
                        .anyMatch(Destination::serving);
        return serves ? Optional.empty() : Optional.of("no backend of it serves");
    }

    private static Optional<String> unprogrammed(
            List<ServiceState> services, Outcome outcome, VipRoutes before) {
        List<Failure> ofAll =
                outcome.failures().stream()
                        .filter(failure -> !failure.resource().startsWith("service "))
                        .toList();
        List<ServiceState> failing =
                services.stream().filter(service -> fails(service, outcome)).toList();
        if (before.has(services.getFirst().vip().address())) {
            return failing.size() == services.size()
                    ? Optional.of("none of its services is programmed: see the failures")
                    : Optional.empty();
        }
        if (!failing.isEmpty()) {
            return Optional.of(
                    "service %s is not programmed: see the failures"
                            .formatted(failing.getFirst().name()));
        }
        return ofAll.stream()
                .findFirst()
                .map(failure -> "not all is programmed yet: " + failure.resource());
    }

    private static boolean fails(ServiceState service, Outcome outcome) {
        return outcome.failures().stream()
                .anyMatch(failure ->
                        failure.resource().startsWith("service " + service.name() + " "));
    }

    /// What to announce.
    VipRoutes routes() {
        return VipRoutes.of(
                vips.entrySet().stream()
                        .filter(vip -> !why.containsKey(vip.getKey()))
                        .map(Map.Entry::getValue)
                        .toList());
    }
}
