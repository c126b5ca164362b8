package dev.holdfast.maglev;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Works out a [Difference].
///
/// Slots fall into four kinds: serving owner in both tables, only before, only after, in neither.
/// Flows of the last kind walk on to a slot that is again of one of the four kinds, with the same
/// odds as all flows; so they fare like the average of the first three, and it is enough to sum
/// over those and divide by their number.
final class Comparison {

    private static final int NOBODY = -1;

    /// Owners of slots as numbers common to both tables; [#NOBODY] where the owner does not serve.
    private final int[] before;

    private final int[] after;
    private final int changedOwners;

    /// Weights by common number, with 0 for what is not there or does not serve.
    private final long[] weightBefore;

    private final long[] weightAfter;

    /// Real shares by common number.
    private final double[] shareBefore;

    private final double[] shareAfter;

    /// By common number, worked out when first asked for.
    private final double[] wantedFrom;

    private final double[] wantedTo;

    Comparison(Table before, Table after) {
        Map<Identity, Integer> numbers = new HashMap<>();
        int[] namesBefore = number(before.destinations(), numbers);
        int[] namesAfter = number(after.destinations(), numbers);
        int[] ownersBefore = translate(before.owners(), namesBefore);
        int[] ownersAfter = translate(after.owners(), namesAfter);
        int changed = 0;
        for (int slot = 0; slot < ownersBefore.length; slot++) {
            changed += ownersBefore[slot] == ownersAfter[slot] ? 0 : 1;
        }
        this.changedOwners = changed;
        this.weightBefore = weights(before.destinations(), namesBefore, numbers.size());
        this.weightAfter = weights(after.destinations(), namesAfter, numbers.size());
        this.before = serving(ownersBefore, weightBefore);
        this.after = serving(ownersAfter, weightAfter);
        this.shareBefore = shares(this.before, numbers.size());
        this.shareAfter = shares(this.after, numbers.size());
        this.wantedFrom = new double[numbers.size()];
        this.wantedTo = new double[numbers.size()];
        Arrays.fill(wantedFrom, -1);
        Arrays.fill(wantedTo, -1);
    }

    Difference difference() {
        boolean servedBefore = Arrays.stream(shareBefore).anyMatch(share -> share > 0);
        boolean servesAfter = Arrays.stream(shareAfter).anyMatch(share -> share > 0);
        if (!servedBefore || !servesAfter) {
            double lost = servedBefore ? 1 : 0;
            return new Difference(lost, lost, lost, servesAfter ? 1 : 0, changedOwners);
        }
        double moved = 0;
        double wanted = 0;
        int decided = 0;
        for (int slot = 0; slot < before.length; slot++) {
            int from = before[slot];
            int to = after[slot];
            if (from != NOBODY && to != NOBODY) {
                moved += from == to ? 0 : 1;
                wanted += isWanted(from, to) ? 1 : 0;
            } else if (from != NOBODY) {
                moved += 1 - shareAfter[from];
                wanted += wantedFrom(from);
            } else if (to != NOBODY) {
                moved += 1 - shareBefore[to];
                wanted += wantedTo(to);
            }
            decided += from == NOBODY && to == NOBODY ? 0 : 1;
        }
        double intended = Math.min(wanted / decided, leastMoved());
        return new Difference(moved / decided, intended, 0, 0, changedOwners);
    }

    private boolean isWanted(int from, int to) {
        // With 0 for what does not serve this also says yes to an owner that is gone and to one
        // that is new.
        return from != to
                && (weightAfter[from] == 0
                        || weightBefore[to] == 0
                        || weightBefore[from] * weightAfter[to]
                                > weightBefore[to] * weightAfter[from]);
    }

    /// Of the flows of `from` that now walk on: the part that arrives where it is wanted.
    private double wantedFrom(int from) {
        if (wantedFrom[from] < 0) {
            wantedFrom[from] = 0;
            for (int to = 0; to < shareAfter.length; to++) {
                wantedFrom[from] += isWanted(from, to) ? shareAfter[to] : 0;
            }
        }
        return wantedFrom[from];
    }

    /// Of the flows that walked on before and are now owned by `to`: the part that was to come.
    private double wantedTo(int to) {
        if (wantedTo[to] < 0) {
            wantedTo[to] = 0;
            for (int from = 0; from < shareBefore.length; from++) {
                wantedTo[to] += isWanted(from, to) ? shareBefore[from] : 0;
            }
        }
        return wantedTo[to];
    }

    /// However a table is made: who gets a smaller share loses at least the difference.
    private double leastMoved() {
        double least = 0;
        for (int i = 0; i < shareBefore.length; i++) {
            least += Math.max(0, shareBefore[i] - shareAfter[i]);
        }
        return least;
    }

    private static int[] number(List<Destination> destinations, Map<Identity, Integer> numbers) {
        int[] names = new int[destinations.size()];
        for (int i = 0; i < names.length; i++) {
            Identity identity = Identity.of(destinations.get(i));
            names[i] = numbers.computeIfAbsent(identity, _ -> numbers.size());
        }
        return names;
    }

    private static int[] translate(int[] owners, int[] names) {
        for (int slot = 0; slot < owners.length; slot++) {
            owners[slot] = owners[slot] < 0 ? NOBODY : names[owners[slot]];
        }
        return owners;
    }

    private static long[] weights(List<Destination> destinations, int[] names, int count) {
        long[] weights = new long[count];
        for (int i = 0; i < names.length; i++) {
            weights[names[i]] = destinations.get(i).weight();
        }
        return weights;
    }

    private static int[] serving(int[] owners, long[] weights) {
        int[] serving = new int[owners.length];
        for (int slot = 0; slot < owners.length; slot++) {
            int owner = owners[slot];
            serving[slot] = owner == NOBODY || weights[owner] == 0 ? NOBODY : owner;
        }
        return serving;
    }

    private static double[] shares(int[] owners, int count) {
        int[] owned = new int[count];
        int serving = 0;
        for (int owner : owners) {
            if (owner != NOBODY) {
                owned[owner]++;
                serving++;
            }
        }
        double[] shares = new double[count];
        for (int i = 0; i < count && serving > 0; i++) {
            shares[i] = (double) owned[i] / serving;
        }
        return shares;
    }
}
