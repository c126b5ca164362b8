package dev.holdfast.maglev;

/// One destination of a service that is being moved from old load balancers to its backends.
///
/// @param side whose share it counts for
/// @param destination serving or not, with its nominal weight; that of a legacy one does not
///   matter, as the search gives it one
public record Member(Side side, Destination destination) {

    /// The two sides of a migration.
    public enum Side {
        /// A backend behind these load balancers.
        BACKEND,
        /// An old load balancer, which passes the flows on in its own way.
        LEGACY
    }

    public Member {
        if (side == Side.BACKEND && destination.lastWeight() == 0) {
            throw new IllegalArgumentException(
                    Identity.of(destination) + " has weight 0 (expected: a nominal weight)");
        }
    }

    /// The same destination with another weight, serving or not as it was.
    Destination weighing(int weight) {
        return destination.serves()
                ? Destination.serving(destination.address(), destination.port(), weight)
                : Destination.drained(destination.address(), destination.port(), weight);
    }
}
