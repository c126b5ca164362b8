package dev.holdfast.maglev;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// `docs/concepts/maglev.md` once more, word by word and as slow as it reads: what [Filling] and
/// [Table] are compared with where no answers of a real kernel are at hand, such as other table
/// sizes.
record PlainReading(TableSize size, List<Destination> newestFirst, List<Integer> owners) {

    static PlainReading of(TableSize size, List<Destination> newestFirst) {
        long divisor = 0;
        long heaviest = 0;
        for (Destination destination : newestFirst) {
            for (long a = destination.lastWeight(); a != 0; ) {
                long rest = divisor % a;
                divisor = a;
                a = rest;
            }
            heaviest = Math.max(heaviest, destination.lastWeight());
        }
        Integer[] owners = new Integer[size.slots()];
        Arrays.fill(owners, -1);
        long free = divisor == 0 ? 0 : size.slots();
        long shift = 0;
        while (divisor > 0 && heaviest / divisor / (1L << shift) >= 1L << (size.index() / 2)) {
            shift++;
        }
        long[] steps = new long[newestFirst.size()];
        while (free > 0) {
            for (int i = 0; i < newestFirst.size(); i++) {
                Destination destination = newestFirst.get(i);
                long turns = destination.lastWeight() / divisor / (1L << shift);
                if (turns == 0 && destination.lastWeight() != 0) {
                    turns = 1;
                }
                for (; turns > 0 && free > 0; turns--, free--) {
                    int slot = slot(size, destination, steps[i]);
                    while (owners[slot] != -1) {
                        slot = slot(size, destination, ++steps[i]);
                    }
                    owners[slot] = i;
                }
            }
        }
        return new PlainReading(size, newestFirst, new ArrayList<>(Arrays.asList(owners)));
    }

    int find(int key) {
        long first = Integer.toUnsignedLong(SipHash.offset(key)) % size.slots();
        int owner = owners.get((int) first);
        if (owner == -1 || newestFirst.get(owner).weight() > 0) {
            return owner;
        }
        for (long offset = 0; offset < size.slots(); offset++) {
            long rotated = (offset + first) % size.slots();
            int hash = SipHash.offset((int) (key + rotated));
            owner = owners.get((int) (Integer.toUnsignedLong(hash) % size.slots()));
            if (newestFirst.get(owner).weight() > 0) {
                return owner;
            }
        }
        return -1;
    }

    private static int slot(TableSize size, Destination destination, long step) {
        int key = ServiceFamily.IPV4.key(destination.address(), destination.port());
        long offset = Integer.toUnsignedLong(SipHash.offset(key)) % size.slots();
        long skip = Integer.toUnsignedLong(SipHash.skip(key)) % (size.slots() - 1) + 1;
        return (int) ((offset + step * skip) % size.slots());
    }
}
