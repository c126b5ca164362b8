package dev.holdfast.maglev;

import java.util.ArrayList;
import java.util.List;

/// How the flows of a service spread over its destinations, with fallback on.
///
/// A flow whose owner does not serve tries other slots, chosen by its own hash. So over many
/// clients such flows spread over the slots that serve, evenly. That is exact in the mean over all
/// keys; one client's flows are where [Table#find(int)] says.
///
/// @param destinations in the order of [Table#destinations()]
/// @param refused flows that get nothing: all when nothing serves; else those that tried as often
///   as the table has slots and never met one that serves, which matters only when fewer than about
///   ten slots serve
public record Shares(List<Share> destinations, double refused) {

    public Shares {
        destinations = List.copyOf(destinations);
    }

    /// Of all destinations of a table.
    public static Shares of(Table table) {
        List<Destination> destinations = table.destinations();
        int[] owned = new int[destinations.size()];
        for (int owner : table.owners()) {
            if (owner >= 0) {
                owned[owner]++;
            }
        }
        double weights = 0;
        double serving = 0;
        for (int i = 0; i < owned.length; i++) {
            weights += destinations.get(i).weight();
            serving += destinations.get(i).serves() ? owned[i] : 0;
        }
        int slots = table.size().slots();
        double refused = (1 - serving / slots) * Math.pow(1 - serving / slots, slots);
        List<Share> shares = new ArrayList<>(owned.length);
        for (int i = 0; i < owned.length; i++) {
            Destination destination = destinations.get(i);
            double real = destination.serves() ? owned[i] / serving * (1 - refused) : 0;
            double nominal = weights == 0 ? 0 : destination.weight() / weights;
            double ownShare = (double) owned[i] / slots;
            shares.add(new Share(destination, owned[i], ownShare, real, nominal));
        }
        return new Shares(shares, refused);
    }

    /// How uneven the table is: the largest deviation, up or down, of a destination that serves.
    /// With 0.1 somebody gets a tenth more, or less, than its weight asks for.
    public double imbalance() {
        return destinations.stream()
                .mapToDouble(share -> Math.abs(share.deviation()))
                .max()
                .orElse(0);
    }
}
