package dev.holdfast.bench.thin;

import dev.holdfast.maglev.Destination;
import dev.holdfast.maglev.ServiceFamily;
import dev.holdfast.maglev.Table;
import dev.holdfast.maglev.TableSize;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;

/// The same work on this machine and in the one it emulates: how much slower that is.
final class Yardstick {

    private static final int TABLES = 200;

    private Yardstick() {}

    /// @return how long it takes to make so many tables
    static long millis() throws UnknownHostException {
        List<Destination> destinations = new ArrayList<>();
        for (int i = 1; i <= 10; i++) {
            InetAddress address = InetAddress.getByName("10.1.0." + i);
            destinations.add(Destination.serving(address, 443, i));
        }
        long start = System.nanoTime();
        for (int i = 0; i < TABLES; i++) {
            Table.ofAscending(TableSize.DEFAULT, ServiceFamily.IPV4, destinations);
        }
        return (System.nanoTime() - start) / 1_000_000;
    }
}
