package dev.holdfast.maglev;

import java.util.Arrays;

/// How the kernel fills a table (`ip_vs_mh_permutate` and `ip_vs_mh_populate`): the destinations
/// take turns in list order, and in its turn each takes as many slots as its weight says, always
/// the next free one of its own permutation of all slots.
final class Filling {

    /// In the place of an owner: nobody.
    static final int NOBODY = -1;

    private Filling() {}

    /// Fills a table.
    ///
    /// @param keys folded address plus port, in the kernel's list order
    /// @param lastWeights in the same order
    /// @return for every slot the index of its owner; all [#NOBODY] when nobody has weight
    static int[] fill(TableSize size, int[] keys, int[] lastWeights) {
        int slots = size.slots();
        int[] owners = new int[slots];
        Arrays.fill(owners, NOBODY);
        int[] turns = turns(size, lastWeights);
        int[] positions = new int[keys.length];
        int[] skips = new int[keys.length];
        int free = 0;
        for (int i = 0; i < keys.length; i++) {
            positions[i] = Integer.remainderUnsigned(SipHash.offset(keys[i]), slots);
            skips[i] = Integer.remainderUnsigned(SipHash.skip(keys[i]), slots - 1) + 1;
            if (turns[i] > 0) {
                free = slots;
            }
        }
        while (free > 0) {
            for (int i = 0; i < keys.length && free > 0; i++) {
                int taken = Math.min(turns[i], free);
                positions[i] = take(owners, i, positions[i], skips[i], taken);
                free -= taken;
            }
        }
        return owners;
    }

    private static int take(int[] owners, int owner, int position, int skip, int count) {
        int at = position;
        for (int taken = 0; taken < count; taken++) {
            while (owners[at] != NOBODY) {
                at += skip;
                if (at >= owners.length) {
                    at -= owners.length;
                }
            }
            owners[at] = owner;
        }
        return at;
    }

    /// How many slots each takes in its turn: its weight over the greatest common divisor of all,
    /// halved until the largest fits the bits a table of this size has for it, but at least 1.
    static int[] turns(TableSize size, int[] lastWeights) {
        int divisor = 0;
        int largest = 0;
        for (int weight : lastWeights) {
            divisor = gcd(weight, divisor);
            largest = Math.max(largest, weight);
        }
        int[] turns = new int[lastWeights.length];
        if (divisor == 0) {
            return turns;
        }
        int bits = Integer.SIZE - Integer.numberOfLeadingZeros(largest / divisor);
        int shift = Math.max(0, bits - size.weightBits());
        for (int i = 0; i < turns.length; i++) {
            turns[i] = Math.max((lastWeights[i] / divisor) >> shift, Math.min(lastWeights[i], 1));
        }
        return turns;
    }

    static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
