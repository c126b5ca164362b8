package dev.holdfast.agent.kernel;

import java.util.List;

/// A service as IPVS has it.
///
/// @param destinations in the order in which they were added, which is what the table depends on
public record KernelService(
        ServiceKey key, Scheduling scheduling, List<KernelDestination> destinations) {

    public KernelService {
        destinations = List.copyOf(destinations);
    }
}
