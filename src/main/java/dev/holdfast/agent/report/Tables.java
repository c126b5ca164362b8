package dev.holdfast.agent.report;

import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.reconcile.Fitting;
import dev.holdfast.agent.reconcile.Reconciler;
import dev.holdfast.agent.reconcile.SeenDestination;
import dev.holdfast.agent.reconcile.SeenService;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.maglev.Destination;
import dev.holdfast.maglev.ServiceFamily;
import dev.holdfast.maglev.Table;
import dev.holdfast.maglev.TableDigest;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.Report;
import dev.holdfast.wire.ServicePort;
import dev.holdfast.wire.ServiceState;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The digest of each service's tables, computed from what was read back (SAME-TABLE).
///
/// A service that looks as it did is not computed again: a table costs far more than a look. Where
/// it does not look as the state asks for, the slots are counted by which that shows.
final class Tables {

    /// The destinations of one port, in the order of adding, as they are and as they should be.
    ///
    /// @param seen null when the kernel has no such service; more than slots when somebody added
    ///   them by hand, and then the kernel's table is one that it does not tell
    private record Pair(@Nullable List<Destination> seen, List<Destination> wanted) {}

    /// @param seen by port; empty where the kernel has no such service
    private record Look(ServiceState service, Map<ServiceKey.At, Optional<SeenService>> seen) {}

    private record Known(Look look, Report.Table table) {}

    private final Reconciler reconciler;
    private final TableSize size;
    private final SortedMap<String, Known> known = new TreeMap<>();
    private final Map<ServiceKey, String> names = new HashMap<>();
    private final Set<ServiceKey> seenAnew = new HashSet<>();
    private List<Report.Table> tables = List.of();
    private @Nullable NodeDesired last;

    Tables(Reconciler reconciler) {
        this.reconciler = reconciler;
        this.size = reconciler.tableSize();
        reconciler.onSeenAnew(seenAnew::add);
    }

    /// Looks no further than what is asked for anew or seen anew since it was called before.
    List<Report.Table> of(NodeDesired state) {
        Set<String> touched = new HashSet<>();
        touched.addAll(
                last == null
                        ? state.services().sorted().keySet()
                        : state.services().differences(last.services()));
        for (ServiceKey key : seenAnew) {
            String name = names.get(key);
            if (name != null) {
                touched.add(name);
            }
        }
        seenAnew.clear();
        last = state;
        if (!touched.isEmpty()) {
            renew(state, touched);
            tables = known.values().stream().map(Known::table).toList();
        }
        return tables;
    }

    private void renew(NodeDesired state, Set<String> touched) {
        names.values().removeIf(touched::contains);
        for (String name : touched) {
            Known before = known.remove(name);
            ServiceState service = state.services().get(name);
            if (service != null) {
                Look look = look(service);
                look.seen().keySet().forEach(key -> names.put(key, name));
                known.put(name, known(look, before));
            }
        }
    }

    private Look look(ServiceState service) {
        Map<ServiceKey.At, Optional<SeenService>> seen = new HashMap<>();
        for (ServicePort port : service.ports()) {
            ServiceKey.At key =
                    ServiceKey.at(
                            service.vip().address(),
                            Objects.requireNonNull(port.protocol()),
                            Objects.requireNonNull(port.port()));
            seen.put(key, reconciler.seen(key));
        }
        return new Look(service, seen);
    }

    /// A table knows nothing of whether a destination has connections.
    private Known known(Look look, @Nullable Known before) {
        Map<ServiceKey.At, Pair> pairs = pairs(look);
        return new Known(
                look,
                before != null && pairs(before.look()).equals(pairs)
                        ? before.table()
                        : table(look.service().name(), pairs));
    }

    private Map<ServiceKey.At, Pair> pairs(Look look) {
        List<dev.holdfast.wire.Destination> fitting = Fitting.of(look.service(), size);
        Map<ServiceKey.At, Pair> pairs = new HashMap<>();
        look.seen()
                .forEach((key, service) -> {
                    List<Destination> seen =
                            service.map(one ->
                                            one.destinations().stream().map(Tables::seen).toList())
                                    .orElse(null);
                    List<Destination> wanted =
                            fitting.stream().map(one -> wanted(one, key.port())).toList();
                    pairs.put(key, new Pair(seen, wanted));
                });
        return pairs;
    }

    private Report.Table table(String name, Map<ServiceKey.At, Pair> pairs) {
        SortedMap<String, Table> byPort = new TreeMap<>();
        int differing = 0;
        for (var one : pairs.entrySet()) {
            ServiceKey.At key = one.getKey();
            Pair pair = one.getValue();
            List<Destination> seen = pair.seen();
            if (seen == null || seen.size() > size.slots()) {
                differing += size.slots();
                continue;
            }
            Table table = Table.ofAscending(size, family(key), seen);
            byPort.put(key.part(), table);
            if (!seen.equals(pair.wanted())) {
                differing += table.slotsUnlike(Table.ofAscending(size, family(key), pair.wanted()));
            }
        }
        return new Report.Table(
                name,
                TableDigest.ofService(byPort),
                size.slots(),
                differing == 0 ? null : Integer.valueOf(differing));
    }

    private static ServiceFamily family(ServiceKey.At key) {
        return key.family() == Family.IPV4 ? ServiceFamily.IPV4 : ServiceFamily.IPV6;
    }

    private static Destination seen(SeenDestination seen) {
        InetAddress address = seen.destination().key().address().toInetAddress();
        int weight = seen.destination().weight();
        int last = seen.lastWeight() == null ? weight : seen.lastWeight();
        return new Destination(
                address, seen.destination().key().port(), weight, weight > 0 ? weight : last);
    }

    private static Destination wanted(dev.holdfast.wire.Destination one, int port) {
        return new Destination(
                one.address().toInetAddress(),
                port,
                one.serving() ? one.weight() : 0,
                one.weight());
    }
}
