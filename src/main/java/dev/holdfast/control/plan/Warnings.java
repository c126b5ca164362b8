package dev.holdfast.control.plan;

import dev.holdfast.control.desired.Turn;
import dev.holdfast.maglev.Difference;
import dev.holdfast.maglev.Share;
import dev.holdfast.maglev.Shares;
import dev.holdfast.maglev.Table;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.PlanWarning;
import dev.holdfast.wire.PlanWarning.Kind;
import dev.holdfast.wire.ServiceState;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What is allowed and still worth knowing about a change of one service.
final class Warnings {

    /// From here on a table of the default size gives some a tenth more than others.
    private static final int EVEN_MAX = 400;

    private final Turn<ServiceState> turn;
    private final List<PlanWarning> found = new ArrayList<>();

    private Warnings(Turn<ServiceState> turn) {
        this.turn = turn;
    }

    static List<PlanWarning> of(Turn<ServiceState> turn, Movement movement) {
        return new Warnings(turn).all(movement);
    }

    private List<PlanWarning> all(Movement movement) {
        ServiceState was = turn.before();
        ServiceState is = turn.after();
        if (is == null) {
            if (was != null) {
                add(
                        Kind.CLIENTS_LOSE_ADDRESS,
                        "clients of %s get nothing there any more".formatted(was.vip().address()));
            }
            return found;
        }
        if (!is.destinations().isEmpty()) {
            table(is, Tables.of(is, Tables.ports(is).first()));
        }
        if (was != null) {
            change(was, is, movement);
        }
        return found;
    }

    private void table(ServiceState is, Table table) {
        int divisor = 0;
        int heaviest = 0;
        for (Destination one : is.destinations()) {
            divisor = gcd(one.weight(), divisor);
            heaviest = Math.max(heaviest, one.weight());
        }
        Shares shares = Shares.of(table);
        if (heaviest / divisor > TableSize.DEFAULT.turnMax()) {
            Share worst =
                    shares.destinations().stream()
                            .max(Comparator.comparingDouble(one -> Math.abs(one.deviation())))
                            .orElseThrow();
            int at = is.destinations().size() - 1 - shares.destinations().indexOf(worst);
            add(
                    Kind.QUANTISED_WEIGHTS,
                    "the heaviest weighs %d times the common divisor of all, and the kernel counts to %d: %s gets %s and not %s"
                            .formatted(
                                    heaviest / divisor,
                                    TableSize.DEFAULT.turnMax(),
                                    is.destinations().get(at).called(),
                                    Percent.words(worst.real()),
                                    Percent.words(worst.nominal())));
        }
        if (is.destinations().size() > EVEN_MAX) {
            add(
                    Kind.UNEVEN_TABLE,
                    "%d destinations share %d slots: somebody gets %s more or less than its weight asks for"
                            .formatted(
                                    is.destinations().size(),
                                    table.size().slots(),
                                    Percent.words(shares.imbalance())));
        }
    }

    private void change(ServiceState was, ServiceState is, Movement movement) {
        boolean servedBefore = was.destinations().stream().anyMatch(Destination::serving);
        if (servedBefore && is.destinations().stream().noneMatch(Destination::serving)) {
            add(Kind.NOBODY_SERVES, "no backend serves any more: its clients are refused");
        }
        if (!was.vip().address().equals(is.vip().address())) {
            add(
                    Kind.CLIENTS_LOSE_ADDRESS,
                    "its connections end: clients of %s get nothing there any more"
                            .formatted(was.vip().address()));
        } else if (!is.ports().containsAll(was.ports())) {
            add(
                    Kind.CLIENTS_LOSE_ADDRESS,
                    "clients of a port that goes get nothing there any more");
        }
        if (was.affinity() != is.affinity()) {
            add(
                    Kind.OTHER_HASH,
                    "with affinity %s every flow is hashed anew: %s move"
                            .formatted(is.affinity(), Percent.words(movement.moved())));
        }
        edit(was, is, movement);
    }

    /// A fine step between large weights can move more than the backend carries.
    private void edit(ServiceState was, ServiceState is, Movement movement) {
        Map<Long, Integer> weights = new HashMap<>();
        is.destinations().forEach(one -> weights.put(one.ordinal(), one.weight()));
        Set<Long> edited = new HashSet<>();
        List<Destination> rest = new ArrayList<>();
        for (Destination one : was.destinations()) {
            Integer weight = weights.remove(one.ordinal());
            if (weight == null) {
                return; // somebody goes: that is what this would be compared with
            }
            if (weight == one.weight()) {
                rest.add(one);
            } else {
                edited.add(one.ordinal());
            }
        }
        if (edited.isEmpty() || !weights.isEmpty() || rest.isEmpty()) {
            return;
        }
        ServiceState without =
                new ServiceState(
                        was.name(),
                        was.vip(),
                        was.ports(),
                        was.affinity(),
                        was.allowedSources(),
                        was.healthCheck(),
                        was.announce(),
                        rest);
        int port = Tables.ports(was).first();
        double removal = Difference.between(Tables.of(was, port), Tables.of(without, port)).moved();
        if (movement.moved() > removal) {
            add(
                    Kind.EDIT_WORSE_THAN_REMOVAL,
                    "the new weights move %s of all flows; taking out what is edited would move %s"
                            .formatted(Percent.words(movement.moved()), Percent.words(removal)));
        }
    }

    private void add(Kind kind, String sentence) {
        found.add(new PlanWarning(kind, turn.name(), sentence));
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
