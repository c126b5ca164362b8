package dev.holdfast.agent.kernel;

import java.util.List;
import java.util.Set;

/// An IPVS service as the kernel has it.
///
/// @param destinations in the order in which they were added
/// @param connected those of them to which any connection is remembered
public record KernelService(
        ServiceKey key,
        Scheduling scheduling,
        List<KernelDestination> destinations,
        Set<DestinationKey> connected) {

    public KernelService {
        destinations = List.copyOf(destinations);
        connected = Set.copyOf(connected);
    }

    /// One without connections.
    public KernelService(
            ServiceKey key, Scheduling scheduling, List<KernelDestination> destinations) {
        this(key, scheduling, destinations, Set.of());
    }
}
