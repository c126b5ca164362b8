package dev.holdfast.maglev;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/// Destinations and tables for tests.
final class Some {

    private Some() {}

    static InetAddress address(int number) {
        return bytes((byte) 10, (byte) (number >> 16), (byte) (number >> 8), (byte) number);
    }

    static InetAddress bytes(byte... bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /// `10.0.0.1:80` and so on, all serving with the same weight.
    static List<Destination> destinations(int count) {
        return destinations(count, number -> 1);
    }

    /// @param weight by number, from 1
    static List<Destination> destinations(int count, IntUnaryOperator weight) {
        List<Destination> destinations = new ArrayList<>();
        for (int number = 1; number <= count; number++) {
            destinations.add(Destination.serving(address(number), 80, weight.applyAsInt(number)));
        }
        return destinations;
    }

    /// The same ones, but the one at `index` takes no new flows.
    static List<Destination> drained(List<Destination> destinations, int index) {
        Destination was = destinations.get(index);
        List<Destination> changed = new ArrayList<>(destinations);
        changed.set(index, Destination.drained(was.address(), was.port(), was.lastWeight()));
        return changed;
    }

    /// The same ones without the one at `index`.
    static List<Destination> without(List<Destination> destinations, int index) {
        List<Destination> changed = new ArrayList<>(destinations);
        changed.remove(index);
        return changed;
    }

    static Table table(List<Destination> ascending) {
        return Table.ofAscending(TableSize.DEFAULT, ServiceFamily.IPV4, ascending);
    }

    /// How many slots each destination owns, by index in the table's own list.
    static int[] slots(Table table) {
        int[] slots = new int[table.destinations().size()];
        for (int owner : table.owners()) {
            slots[owner]++;
        }
        return slots;
    }
}
