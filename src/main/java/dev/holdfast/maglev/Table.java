package dev.holdfast.maglev;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The look-up table of one IPVS service under the `mh` scheduler, as the kernel holds it.
///
/// It depends on the destinations, their order and their last weights, and on no other history.
/// Destinations are named by their index in [#destinations()].
public final class Table {

    private final TableSize size;
    private final ServiceFamily family;
    private final List<Destination> destinations;
    private final boolean[] serves;
    private final int[] owners;

    private Table(TableSize size, ServiceFamily family, List<Destination> newestFirst) {
        this.size = size;
        this.family = family;
        this.destinations = List.copyOf(newestFirst);
        int count = destinations.size();
        if (count > size.slots()) {
            throw new TooManyDestinations(count, size);
        }
        this.serves = new boolean[count];
        int[] keys = new int[count];
        int[] lastWeights = new int[count];
        Set<Identity> seen = HashSet.newHashSet(count);
        for (int i = 0; i < count; i++) {
            Destination destination = destinations.get(i);
            if (!seen.add(Identity.of(destination))) {
                throw new IllegalArgumentException(
                        Identity.of(destination) + " twice (expected: each destination once)");
            }
            serves[i] = destination.serves();
            keys[i] = family.key(destination.address(), destination.port());
            lastWeights[i] = destination.lastWeight();
        }
        this.owners = Filling.fill(size, keys, lastWeights);
    }

    /// Of destinations in the order of the kernel's list, which has the newest first. It is the
    /// order of `/proc/net/ip_vs`, of a netlink dump and of `ipvsadm -Ln --nosort`; `ipvsadm -Ln`
    /// and `ipvsadm -Sn` sort by address and lose it.
    ///
    /// @throws TooManyDestinations when they are more than slots
    public static Table ofKernelList(
            TableSize size, ServiceFamily family, List<Destination> newestFirst) {
        return new Table(size, family, newestFirst);
    }

    /// Of destinations in the order in which they were added: ascending ordinals, oldest first.
    ///
    /// [#destinations()] has them newest first all the same.
    ///
    /// @throws TooManyDestinations when they are more than slots
    public static Table ofAscending(
            TableSize size, ServiceFamily family, List<Destination> oldestFirst) {
        return new Table(size, family, oldestFirst.reversed());
    }

    /// What a flow gets with `mh-fallback`: when the owner of its slot does not serve, other slots
    /// are tried, in an order of this flow's own.
    ///
    /// @param key from [ServiceFamily]
    /// @return the destination, or -1
    public int find(int key) {
        int slot = slotOf(key);
        int owner = owners[slot];
        return owner < 0 || serves[owner] ? owner : walk(key).destination();
    }

    /// What a flow gets without `mh-fallback`: the owner of its slot, or nothing.
    ///
    /// @return the destination, or -1
    public int findWithoutFallback(int key) {
        int owner = owners[slotOf(key)];
        return owner >= 0 && serves[owner] ? owner : -1;
    }

    /// [#find(int)], with all that was passed on the way.
    public Walk walk(int key) {
        int hash = SipHash.offset(key);
        int slots = size.slots();
        int slot = Integer.remainderUnsigned(hash, slots);
        int owner = owners[slot];
        if (owner < 0 || serves[owner]) {
            return new Walk(key, hash, slot, owner, 0, slot, owner);
        }
        int last = slot;
        for (int tried = 0; tried < slots; tried++) {
            int shift = slot + tried < slots ? slot + tried : slot + tried - slots;
            last = Integer.remainderUnsigned(SipHash.offset(key + shift), slots);
            if (serves[owners[last]]) {
                return new Walk(key, hash, slot, owner, tried + 1, last, owners[last]);
            }
        }
        return new Walk(key, hash, slot, owner, slots, last, -1);
    }

    /// The slot that a flow's hash names.
    public int slotOf(int key) {
        return Integer.remainderUnsigned(SipHash.offset(key), size.slots());
    }

    /// The destination that owns a slot, serving or not, or -1.
    public int ownerOf(int slot) {
        return owners[slot];
    }

    /// The owner of every slot.
    public int[] owners() {
        return owners.clone();
    }

    /// How many slots are not alike: they have another owner, or one that serves in one of the two
    /// tables only.
    ///
    /// @throws IllegalArgumentException when the sizes differ
    public int slotsUnlike(Table other) {
        if (size != other.size) {
            throw new IllegalArgumentException(
                    "table of %d slots (expected: %d)".formatted(other.size.slots(), size.slots()));
        }
        int unlike = 0;
        for (int slot = 0; slot < owners.length; slot++) {
            unlike += isLike(slot, other) ? 0 : 1;
        }
        return unlike;
    }

    private boolean isLike(int slot, Table other) {
        if (owners[slot] < 0 || other.owners[slot] < 0) {
            return owners[slot] == other.owners[slot];
        }
        Destination here = destinations.get(owners[slot]);
        Destination there = other.destinations.get(other.owners[slot]);
        return here.isSameAs(there) && here.serves() == there.serves();
    }

    public TableSize size() {
        return size;
    }

    public ServiceFamily family() {
        return family;
    }

    /// In the order of the kernel's list, newest first.
    public List<Destination> destinations() {
        return destinations;
    }
}
