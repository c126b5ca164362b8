package dev.holdfast.control.desired;

import dev.holdfast.control.table.ExactTable;
import dev.holdfast.wire.Chance;
import dev.holdfast.wire.Protocol;
import dev.holdfast.wire.ServiceState;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The last tables of a service, and which earlier ones each of its hosts asks, in turn, for a
/// packet of a connection it does not know.
///
/// One of its own for a packet from a load balancer, one for a packet that another host sent on;
/// see [HopSearch].
final class Chances {

    static final Chances NONE = new Chances(List.of(), null);

    private final List<ChosenTable> tables;
    private final @Nullable Set<String> down;

    private record Found(ExactTable exact, HopSearch search) {}

    /// Looked for when a host asks, and kept for the other hosts.
    private volatile @Nullable Found found;

    /// What nobody serves is not asked: IPVS loses a packet without a word where there is nobody to
    /// send it to.
    ///
    /// @param tables newest first; the first is the present one
    /// @param down hosts that new flows of UDP are to be kept from; null where UDP has no second
    ///   chance
    Chances(List<ChosenTable> tables, @Nullable Set<String> down) {
        List<ChosenTable> asked = new ArrayList<>(tables.subList(0, Math.min(1, tables.size())));
        tables.stream().skip(1).filter(ChosenTable::serves).forEach(asked::add);
        this.tables = List.copyOf(asked);
        this.down = down;
    }

    /// @param service whose tables they are
    List<Chance> of(String host, ServiceState service) {
        OptionalInt port = port(service, Protocol.TCP);
        if (tables.size() < 2 || port.isEmpty()) {
            return List.of();
        }
        HopSearch search = search(ExactTable.of(service.vip().address().family(), port.getAsInt()));
        Chance first = tables.get(search.first(host)).chance();
        return tables.size() == 2
                ? List.of(first)
                : List.of(first, tables.get(search.second(host)).chance());
    }

    /// For UDP: an earlier table, and then the present one. No packet says whether it is the first
    /// of its flow, so each that a host does not know is asked of whom the earlier table names, and
    /// comes back if that one does not know it either. Who is found down would not send it back.
    ///
    /// The earlier one is from before the host joined, or the last in which it got nothing: what it
    /// does not know may belong to any other. A host that got its share in all of them asks the
    /// last, which names another for few of its flows: those that are new do not go the long way
    /// for nothing.
    ///
    /// @return null when there is none
    @Nullable List<Chance> ofUdp(String host, ServiceState service) {
        if (down == null || port(service, Protocol.UDP).isEmpty()) {
            return null;
        }
        // What nobody serves is not asked here either, and this may leave nobody.
        List<ChosenTable> earlier =
                tables.stream()
                        .skip(1)
                        .map(table -> table.ofThoseThatSendBack(down))
                        .filter(ChosenTable::serves)
                        .toList();
        return earlier.isEmpty()
                ? null
                : List.of(withoutShareOf(host, earlier).chance(), tables.getFirst().chance());
    }

    /// One that has a place and gets nothing, as whoever waits for its first pass, has its share
    /// given to others by chance. In the table from before it joined it is with those whom it took
    /// it from.
    private static ChosenTable withoutShareOf(String host, List<ChosenTable> earlier) {
        List<ChosenTable> without =
                earlier.stream()
                        .dropWhile(table -> table.serves(host))
                        .takeWhile(table -> !table.serves(host))
                        .toList();
        return without.stream()
                .filter(table -> !table.has(host))
                .findFirst()
                .orElse(without.isEmpty() ? earlier.getFirst() : without.getFirst());
    }

    /// It is hashed, so tables of several ports differ, but by little.
    private static OptionalInt port(ServiceState service, Protocol protocol) {
        return service.ports().stream()
                .filter(port -> port.protocol() == protocol)
                .mapToInt(port -> Objects.requireNonNull(port.port()))
                .findFirst();
    }

    private HopSearch search(ExactTable exact) {
        Found known = found;
        if (known == null || !known.exact().equals(exact)) {
            known = new Found(exact, new HopSearch(exact, tables));
            found = known;
        }
        return known.search();
    }

    /// Whether tables are remembered, so that there may be earlier ones.
    boolean areKept() {
        return !tables.isEmpty();
    }

    /// Whether a host would notice no difference.
    boolean areLike(Chances other) {
        return tables.equals(other.tables) && Objects.equals(down, other.down);
    }
}
