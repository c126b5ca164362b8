package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.DestinationKey;
import dev.holdfast.agent.kernel.Scheduling;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.wire.IpAddress;
import java.util.List;
import java.util.Set;

/// An IPVS service as it should be: one port of one service.
///
/// @param name of the service it is a port of
/// @param destinations in ascending order of their ordinals (SAME-TABLE)
public record TargetService(
        String name, ServiceKey key, Scheduling scheduling, List<TargetDestination> destinations) {

    public TargetService {
        destinations = List.copyOf(destinations);
    }

    boolean has(DestinationKey destination) {
        return destinations.stream().anyMatch(one -> one.key().equals(destination));
    }

    /// The same, with what cannot be reached from here not serving. It stays in the table, so that
    /// only its own share of the flows moves.
    TargetService holding(Set<IpAddress> unreachable) {
        return unreachable.isEmpty()
                ? this
                : new TargetService(
                        name,
                        key,
                        scheduling,
                        destinations.stream()
                                .map(d ->
                                        unreachable.contains(d.key().address())
                                                ? d.notServing()
                                                : d)
                                .toList());
    }
}
