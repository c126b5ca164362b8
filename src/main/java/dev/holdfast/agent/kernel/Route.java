package dev.holdfast.agent.kernel;

import dev.holdfast.wire.Prefix;

/// One of our routes.
///
/// @param link name of the interface
public record Route(Table table, Prefix prefix, String link) implements Comparable<Route> {

    /// Which routing table, and with it which type of route.
    public enum Table {
        /// Packets to the prefix are for this machine: what IPVS needs to see them.
        LOCAL,
        /// Packets to the prefix go out through the link.
        MAIN
    }

    @Override
    public int compareTo(Route other) {
        int byTable = table.compareTo(other.table);
        int byPrefix = byTable != 0 ? byTable : prefix.compareTo(other.prefix);
        return byPrefix != 0 ? byPrefix : link.compareTo(other.link);
    }

    @Override
    public String toString() {
        return (table == Table.LOCAL ? "local " : "") + prefix + " dev " + link;
    }
}
