package dev.holdfast.maglev;

/// What one destination gets of a service's flows. All shares are of 1.
///
/// @param destination as in [Table#destinations()]
/// @param slots how many it owns
/// @param owned the same as a share of all slots
/// @param real the flows it gets: those of its slots, and its part of those whose owner does not
///   serve; 0 while it does not serve itself
/// @param nominal what its weight asks for: its weight over that of all that serve
public record Share(Destination destination, int slots, double owned, double real, double nominal) {

    /// How far the real share is above (below: negative) the nominal one, as a part of it.
    public double deviation() {
        return nominal == 0 ? 0 : real / nominal - 1;
    }
}
