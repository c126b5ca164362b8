package dev.holdfast.agent.report;

import dev.holdfast.agent.kernel.ServiceKey;
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
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// The digest of each service's tables, computed from what was read back (SAME-TABLE).
///
/// A service that looks as it did is not computed again: a table costs far more than a look.
final class Tables {

    private record Known(Map<ServiceKey.At, SeenService> seen, Report.Table table) {}

    private final Reconciler reconciler;
    private Map<String, Known> known = new HashMap<>();

    Tables(Reconciler reconciler) {
        this.reconciler = reconciler;
    }

    List<Report.Table> of(NodeDesired state) {
        Map<String, Known> now = new HashMap<>();
        List<Report.Table> tables = new ArrayList<>();
        for (ServiceState service : state.services().sorted().values()) {
            Map<ServiceKey.At, SeenService> seen = seen(service);
            Known before = known.get(service.name());
            Known current =
                    before != null && before.seen().equals(seen)
                            ? before
                            : new Known(seen, table(service.name(), seen));
            now.put(service.name(), current);
            tables.add(current.table());
        }
        known = now;
        return tables;
    }

    private Map<ServiceKey.At, SeenService> seen(ServiceState service) {
        Map<ServiceKey.At, SeenService> seen = new HashMap<>();
        for (ServicePort port : service.ports()) {
            ServiceKey.At key =
                    ServiceKey.at(
                            service.vip().address(),
                            Objects.requireNonNull(port.protocol()),
                            Objects.requireNonNull(port.port()));
            Optional<SeenService> one = reconciler.seen(key);
            one.ifPresent(found -> seen.put(key, found));
        }
        return seen;
    }

    private static Report.Table table(String name, Map<ServiceKey.At, SeenService> seen) {
        SortedMap<String, Table> byPort = new TreeMap<>();
        seen.forEach((key, service) -> byPort.put(key.part(), table(service)));
        return new Report.Table(name, TableDigest.ofService(byPort), TableSize.DEFAULT.slots());
    }

    private static Table table(SeenService service) {
        ServiceFamily family =
                service.key().family() == Family.IPV4 ? ServiceFamily.IPV4 : ServiceFamily.IPV6;
        List<Destination> oldestFirst =
                service.destinations().stream().map(Tables::destination).toList();
        return Table.ofAscending(TableSize.DEFAULT, family, oldestFirst);
    }

    private static Destination destination(SeenDestination seen) {
        InetAddress address = seen.destination().key().address().toInetAddress();
        int weight = seen.destination().weight();
        int last = seen.lastWeight() == null ? weight : seen.lastWeight();
        return new Destination(
                address, seen.destination().key().port(), weight, weight > 0 ? weight : last);
    }
}
