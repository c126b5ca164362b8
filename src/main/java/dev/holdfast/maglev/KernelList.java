package dev.holdfast.maglev;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// What the kernel's list of destinations becomes when they are added, edited and deleted one by
/// one: with it a table can be predicted from a history.
///
/// *Add* puts the new one at the head and takes its weight as the last weight, even 0. *Edit*
/// leaves it where it is, and 0 leaves the last weight. *Delete* takes it out; the order of the
/// others stays.
public final class KernelList {

    private final List<Destination> newestFirst;

    private KernelList(List<Destination> newestFirst) {
        this.newestFirst = new ArrayList<>(newestFirst);
    }

    /// Of a new service.
    public static KernelList empty() {
        return new KernelList(List.of());
    }

    /// As it was read from the kernel. What a dump does not tell is the last weight of a
    /// destination whose weight is 0: there the reader has to know what it did.
    public static KernelList of(List<Destination> newestFirst) {
        return new KernelList(newestFirst);
    }

    /// The one list that every load balancer is to have (SAME-TABLE): added in ascending order,
    /// each with its nominal weight, then edited to 0 if it does not serve.
    public static KernelList canonical(List<Destination> ascending) {
        return new KernelList(ascending.reversed());
    }

    /// @throws IllegalArgumentException when it is there already (the kernel: `EEXIST`)
    public void add(InetAddress address, int port, int weight) {
        Destination added = new Destination(address, port, weight, weight);
        if (indexOf(address, port) >= 0) {
            throw new IllegalArgumentException(
                    "add " + Identity.of(added) + ": it is there (expected: a new destination)");
        }
        newestFirst.addFirst(added);
    }

    /// @throws IllegalArgumentException when it is not there (the kernel: `ENOENT`)
    public void edit(InetAddress address, int port, int weight) {
        int at = existing("edit", address, port);
        int lastWeight = weight != 0 ? weight : newestFirst.get(at).lastWeight();
        newestFirst.set(at, new Destination(address, port, weight, lastWeight));
    }

    /// @throws IllegalArgumentException when it is not there (the kernel: `ENOENT`)
    public void delete(InetAddress address, int port) {
        newestFirst.remove(existing("delete", address, port));
    }

    public List<Destination> newestFirst() {
        return List.copyOf(newestFirst);
    }

    /// @throws TooManyDestinations when they are more than slots
    public Table table(TableSize size, ServiceFamily family) {
        return Table.ofKernelList(size, family, newestFirst);
    }

    /// Whether it is the canonical list of these destinations: order, weights and last weights.
    public boolean isCanonical(List<Destination> ascending) {
        return newestFirst.equals(ascending.reversed());
    }

    /// How many of the wanted destinations, from the oldest on, already stand in the right order.
    /// They can stay. All younger ones must be deleted and added again in ascending order, since
    /// there is no way into the list but at its head: so this is the repair of an order with fewest
    /// deletions.
    ///
    /// Weights do not matter here: edits put them right where the destinations are.
    public int inOrder(List<Destination> ascending) {
        int kept = 0;
        for (Destination present : newestFirst.reversed()) {
            if (kept < ascending.size() && present.isSameAs(ascending.get(kept))) {
                kept++;
            }
        }
        return kept;
    }

    private int existing(String operation, InetAddress address, int port) {
        int at = indexOf(address, port);
        if (at < 0) {
            throw new IllegalArgumentException(
                    operation
                            + " "
                            + new Identity(address, port)
                            + ": it is not there (expected: a destination of the service)");
        }
        return at;
    }

    private int indexOf(InetAddress address, int port) {
        for (int i = 0; i < newestFirst.size(); i++) {
            Destination destination = newestFirst.get(i);
            if (destination.port() == port && destination.address().equals(address)) {
                return i;
            }
        }
        return -1;
    }
}
