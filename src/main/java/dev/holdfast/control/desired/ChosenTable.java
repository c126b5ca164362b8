package dev.holdfast.control.desired;

import dev.holdfast.wire.Affinity;
import dev.holdfast.wire.Chance;
import dev.holdfast.wire.Destination;
import java.util.List;

/// What load balancers chose from between one revision and the next that changed it.
record ChosenTable(Affinity affinity, List<Destination> destinations) {

    /// Whether new connections went anywhere.
    boolean serves() {
        return destinations.stream().anyMatch(Destination::serving);
    }

    Chance chance() {
        return new Chance(affinity, destinations);
    }
}
