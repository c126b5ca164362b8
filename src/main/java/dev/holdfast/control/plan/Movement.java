package dev.holdfast.control.plan;

import dev.holdfast.control.desired.Turn;
import dev.holdfast.maglev.Difference;
import dev.holdfast.maglev.Share;
import dev.holdfast.maglev.Shares;
import dev.holdfast.maglev.Table;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.PlanService;
import dev.holdfast.wire.PlanShare;
import dev.holdfast.wire.ServiceState;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// What becomes of one service's flows.
///
/// @param moved all are shares of 1 of its flows
/// @param before share of each host; empty when the service is new
/// @param after share of each host; empty when it goes
record Movement(
        String service,
        double moved,
        double intended,
        double lost,
        double gained,
        Map<String, Double> before,
        Map<String, Double> after) {

    static Movement of(Turn<ServiceState> turn) {
        ServiceState was = turn.before();
        ServiceState is = turn.after();
        ServiceState had = carries(was) ? was : null;
        ServiceState has = carries(is) ? is : null;
        if (was == null || is == null || had == null || has == null) {
            double all = had != null && serves(had) ? 1 : 0;
            return new Movement(
                    turn.name(),
                    all,
                    all,
                    is == null ? all : 0, // at SHADOW routers send them to the old load balancers
                    has != null && serves(has) ? 1 : 0,
                    shares(had),
                    shares(has));
        }
        if (!was.vip().address().equals(is.vip().address())) {
            double all = serves(was) ? 1 : 0; // who knows the old address gets nothing there
            return new Movement(turn.name(), all, all, all, 0, shares(was), shares(is));
        }
        return between(was, is);
    }

    double collateral() {
        return Math.max(0, moved - intended);
    }

    PlanService shown() {
        Set<String> hosts = new LinkedHashSet<>(before.keySet());
        hosts.addAll(after.keySet());
        List<PlanShare> backends = new ArrayList<>();
        for (String host : hosts) {
            backends.add(
                    new PlanShare(
                            host,
                            Percent.of(before.getOrDefault(host, 0.0)),
                            Percent.of(after.getOrDefault(host, 0.0))));
        }
        return new PlanService(
                service,
                Percent.of(moved),
                Percent.of(intended),
                Percent.of(collateral()),
                Percent.of(lost),
                Percent.of(gained),
                backends);
    }

    /// Of the port that fares worst, since nobody knows how flows spread over ports.
    private static Movement between(ServiceState was, ServiceState is) {
        TreeSet<Integer> gone = new TreeSet<>(Tables.ports(was));
        gone.removeAll(Tables.ports(is));
        TreeSet<Integer> kept = new TreeSet<>(Tables.ports(was));
        kept.removeAll(gone);
        Movement worst = null;
        for (int port : kept) {
            Movement one = between(was, is, port);
            if (worst == null || one.collateral() > worst.collateral()) {
                worst = one;
            }
            if (was.destinations().equals(is.destinations())) {
                break; // the tables of the others have not changed either
            }
        }
        if (worst != null && gone.isEmpty()) {
            return worst;
        }
        double all = serves(was) ? 1 : 0;
        return new Movement(
                was.name(),
                all,
                worst == null ? all : Math.max(0, all - worst.collateral()),
                all,
                0,
                shares(was),
                shares(is));
    }

    private static Movement between(ServiceState was, ServiceState is, int port) {
        Table before = Tables.of(was, port);
        Map<String, Double> sharesBefore = shares(was, before);
        boolean sameTable = was.destinations().equals(is.destinations());
        Table after = sameTable ? before : Tables.of(is, port);
        Map<String, Double> sharesAfter = sameTable ? sharesBefore : shares(is, after);
        if (was.affinity() != is.affinity()) {
            double stays = 0;
            for (Map.Entry<String, Double> one : sharesBefore.entrySet()) {
                stays += one.getValue() * sharesAfter.getOrDefault(one.getKey(), 0.0);
            }
            double moved = serves(was) ? 1 - stays : 0;
            return new Movement(was.name(), moved, 0, 0, 0, sharesBefore, sharesAfter);
        }
        Difference difference =
                sameTable ? new Difference(0, 0, 0, 0, 0) : Difference.between(before, after);
        return new Movement(
                was.name(),
                difference.moved(),
                difference.intended(),
                difference.lost(),
                difference.gained(),
                sharesBefore,
                sharesAfter);
    }

    /// Whether packets come here for it: its VIP is announced for it, or for a sibling, and then it
    /// sends them on to the old load balancers.
    private static boolean carries(@Nullable ServiceState service) {
        return service != null
                && (service.announce()
                        || service.destinations().stream()
                                .anyMatch(one -> one.host() == null && one.serving()));
    }

    private static boolean serves(ServiceState service) {
        return service.destinations().stream().anyMatch(Destination::serving);
    }

    private static Map<String, Double> shares(@Nullable ServiceState service) {
        return service == null
                ? Map.of()
                : shares(service, Tables.of(service, Tables.ports(service).first()));
    }

    private static Map<String, Double> shares(ServiceState service, Table table) {
        Map<String, Double> shares = new LinkedHashMap<>();
        List<Share> newestFirst = Shares.of(table).destinations();
        int count = newestFirst.size();
        for (int i = 0; i < count; i++) {
            // A host can stand twice, when two of its addresses are destinations.
            shares.merge(
                    service.destinations().get(i).called(),
                    newestFirst.get(count - 1 - i).real(),
                    Double::sum);
        }
        return shares;
    }
}
