package dev.holdfast.control.desired;

import dev.holdfast.wire.Affinity;
import dev.holdfast.wire.Chance;
import dev.holdfast.wire.Destination;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/// What load balancers chose from between one revision and the next that changed it.
record ChosenTable(Affinity affinity, List<Destination> destinations) {

    /// Whether new connections went anywhere.
    boolean serves() {
        return destinations.stream().anyMatch(Destination::serving);
    }

    boolean has(String host) {
        return destinations.stream().anyMatch(one -> host.equals(one.host()));
    }

    /// Whether new connections went to this host.
    boolean serves(String host) {
        return destinations.stream().anyMatch(one -> one.serving() && host.equals(one.host()));
    }

    /// The same table, in which these hosts get nothing.
    ChosenTable without(Set<String> hosts) {
        return cutting(one -> one.host() != null && hosts.contains(one.host()));
    }

    /// The same table for flows of UDP, in which only those get anything that send back what they
    /// do not know: an old load balancer would keep it, and a host that is down would lose it.
    ChosenTable ofThoseThatSendBack(Set<String> down) {
        return cutting(one -> one.host() == null || down.contains(one.host()));
    }

    private ChosenTable cutting(Predicate<Destination> whom) {
        return new ChosenTable(
                affinity,
                destinations.stream().map(one -> whom.test(one) ? one.beingCut() : one).toList());
    }

    Chance chance() {
        return new Chance(affinity, destinations);
    }
}
