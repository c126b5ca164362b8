package dev.holdfast.control.plan;

import dev.holdfast.control.desired.Turn;
import dev.holdfast.maglev.Difference;
import dev.holdfast.maglev.Table;
import dev.holdfast.wire.AdminState;
import dev.holdfast.wire.Change;
import dev.holdfast.wire.Change.Method;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.ServiceState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Looks for change sets that reach the same goal and move fewer flows. What it proposes is planned
/// like anything else before it is shown.
final class Gentler {

    /// How far a backend's weight may be from what was asked for, as a part of it.
    private static final double DISTORTION_MAX = 0.1;

    private static final int SCALE_MAX = 16;

    /// A way that saves less than this share of the flows is not worth a word.
    static final double WORTH = 0.001;

    private Gentler() {}

    /// Drains what the set takes out while it serves.
    ///
    /// @param moving services that the set touches, by name
    static Optional<List<Change>> drainFirst(
            List<Change> set, Map<String, Turn<ServiceState>> moving) {
        List<Change> gentler = new ArrayList<>();
        boolean differs = false;
        for (Change change : set) {
            Destination leaving = leaving(change, moving);
            differs |= leaving != null;
            gentler.add(
                    leaving == null
                            ? change
                            : backend(change.path(), leaving.weight(), AdminState.DRAINING));
        }
        return differs ? Optional.of(gentler) : Optional.empty();
    }

    private static @Nullable Destination leaving(
            Change change, Map<String, Turn<ServiceState>> moving) {
        String[] parts = String.valueOf(change.path()).replaceFirst("^/", "").split("/", -1);
        if (change.method() != Method.DELETE || parts.length != 4) {
            return null;
        }
        Turn<ServiceState> turn = moving.get(parts[1]);
        if (turn == null || turn.before() == null || turn.after() == null) {
            return null;
        }
        return turn.before().destinations().stream()
                .filter(one -> parts[3].equals(one.host()) && one.serving())
                .findFirst()
                .orElse(null);
    }

    /// Weights of a smaller common scale in place of those that the set asks for, nearly in the
    /// same proportions.
    ///
    /// @param states admin states of the service's backends, by host
    static Optional<List<Change>> smallerScale(
            List<Change> set, Turn<ServiceState> turn, Map<String, AdminState> states) {
        ServiceState was = turn.before();
        ServiceState is = turn.after();
        if (was == null || is == null || !weighsOtherwise(was, is)) {
            return Optional.empty();
        }
        if (is.destinations().stream().anyMatch(one -> one.host() == null)) {
            return Optional.empty(); // its migration has chosen the gentlest weights itself
        }
        int port = Tables.ports(is).first();
        Table before = Tables.of(was, port);
        double least = Difference.between(before, Tables.of(is, port)).collateral() - WORTH;
        List<Destination> best = null;
        for (int scale = 1; scale <= SCALE_MAX; scale++) {
            Optional<List<Destination>> scaled = scaled(is.destinations(), scale);
            if (scaled.isPresent()) {
                Table after = Tables.of(with(is, scaled.get()), port);
                double collateral = Difference.between(before, after).collateral();
                if (collateral < least) {
                    least = collateral;
                    best = scaled.get();
                }
            }
        }
        return Optional.ofNullable(best).map(weights -> rewritten(set, is, weights, states));
    }

    private static boolean weighsOtherwise(ServiceState was, ServiceState is) {
        Map<Long, Integer> weights = new HashMap<>();
        was.destinations().forEach(one -> weights.put(one.ordinal(), one.weight()));
        return is.destinations().stream()
                .anyMatch(one -> {
                    Integer old = weights.get(one.ordinal());
                    return old == null ? one.weight() > 1 : old != one.weight();
                });
    }

    /// Empty when that scale is too coarse.
    private static Optional<List<Destination>> scaled(List<Destination> all, int scale) {
        int heaviest = all.stream().mapToInt(Destination::weight).max().orElse(1);
        if (scale >= heaviest) {
            return Optional.empty();
        }
        List<Destination> scaled = new ArrayList<>(all.size());
        for (Destination one : all) {
            double exact = (double) one.weight() * scale / heaviest;
            int weight = Math.max(1, (int) Math.round(exact));
            if (Math.abs(weight / exact - 1) > DISTORTION_MAX) {
                return Optional.empty();
            }
            scaled.add(
                    new Destination(
                            one.host(), one.ordinal(), one.address(), weight, one.serving()));
        }
        return Optional.of(scaled);
    }

    private static List<Change> rewritten(
            List<Change> set,
            ServiceState service,
            List<Destination> weights,
            Map<String, AdminState> states) {
        Map<String, Change> backends = new LinkedHashMap<>();
        for (Destination one : weights) {
            String path = "/services/%s/backends/%s".formatted(service.name(), one.called());
            AdminState state = states.getOrDefault(one.called(), AdminState.ENABLED);
            backends.put(path, backend(path, one.weight(), state));
        }
        List<Change> gentler = new ArrayList<>();
        for (Change change : set) {
            String path = "/" + String.valueOf(change.path()).replaceFirst("^/", "");
            Change own = change.method() == Method.PUT ? backends.remove(path) : null;
            gentler.add(own == null ? change : own);
        }
        gentler.addAll(backends.values());
        return gentler;
    }

    private static ServiceState with(ServiceState service, List<Destination> destinations) {
        return new ServiceState(
                service.name(),
                service.vip(),
                service.ports(),
                service.affinity(),
                service.allowedSources(),
                service.healthCheck(),
                service.announce(),
                destinations);
    }

    private static Change backend(@Nullable String path, int weight, AdminState state) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("weight", weight);
        body.put("adminState", state.name());
        return new Change(Method.PUT, path, body, null);
    }
}
