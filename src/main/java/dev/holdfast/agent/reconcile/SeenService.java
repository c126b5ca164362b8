package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.Scheduling;
import dev.holdfast.agent.kernel.ServiceKey;
import java.util.List;

/// A service as the kernel has it.
///
/// @param destinations in the order in which they were added
public record SeenService(
        ServiceKey key, Scheduling scheduling, List<SeenDestination> destinations) {

    public SeenService {
        destinations = List.copyOf(destinations);
    }
}
