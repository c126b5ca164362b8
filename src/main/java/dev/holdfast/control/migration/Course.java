package dev.holdfast.control.migration;

import dev.holdfast.wire.Destination;
import dev.holdfast.wire.LegacyDestination;
import dev.holdfast.wire.Migration;
import dev.holdfast.wire.MigrationStage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// What load balancers make of a service at the stage of its migration. Pure: who writes desired
/// states and who explains the past have it from here.
///
/// @param legacy in ascending order of their ordinals
/// @param backendWeight of the heaviest backend; null: all have their nominal weights
/// @param forwards whether its VIP is announced for a sibling service
public record Course(
        MigrationStage stage,
        List<LegacyDestination> legacy,
        @Nullable Integer backendWeight,
        boolean forwards) {

    /// A service that never had a migration.
    public static final Course NONE = new Course(MigrationStage.LIVE, List.of(), null, false);

    public Course {
        legacy = List.copyOf(legacy);
    }

    /// As history has it.
    public static Course of(Migration document) {
        return new Course(
                Objects.requireNonNullElse(document.stage(), MigrationStage.LIVE),
                Objects.requireNonNullElse(document.legacy(), List.of()),
                document.backendWeight(),
                Boolean.TRUE.equals(document.forwards()));
    }

    /// Whether load balancers program anything of the service.
    public boolean isHere() {
        return stage != MigrationStage.LEGACY || forwards;
    }

    /// Whether its VIP is to carry traffic for it.
    public boolean announces() {
        return switch (stage) {
            case LEGACY, SHADOW -> false;
            case CANARY, LIVE -> true;
        };
    }

    /// The service's destinations.
    ///
    /// @param backends with nominal weights, serving or not
    /// @return in ascending order of their ordinals (SAME-TABLE)
    public List<Destination> destinations(List<Destination> backends) {
        List<Destination> all = new ArrayList<>(backends.size() + legacy.size());
        switch (stage) {
            case LEGACY -> {
                if (forwards) {
                    legacy.forEach(old -> all.add(serving(old, true)));
                }
            }
            case SHADOW -> {
                if (forwards) {
                    legacy.forEach(old -> all.add(serving(old, true)));
                }
                weighed(backends).forEach(one -> all.add(forwards ? notServing(one) : one));
            }
            case CANARY -> {
                legacy.forEach(old -> all.add(serving(old, true)));
                all.addAll(weighed(backends));
            }
            // The old ones keep their slots, as one that drains does: nobody else's flow moves, the
            // connections they have can end, and a step back puts everything back.
            case LIVE -> {
                legacy.forEach(old -> all.add(serving(old, false)));
                all.addAll(weighed(backends));
            }
        }
        all.sort(Comparator.comparingLong(Destination::ordinal));
        return all;
    }

    private List<Destination> weighed(List<Destination> backends) {
        if (backendWeight == null) {
            return backends;
        }
        int heaviest = backends.stream().mapToInt(Destination::weight).max().orElse(1);
        return backends.stream()
                .map(one -> weighing(one, scaled(one.weight(), backendWeight, heaviest)))
                .toList();
    }

    /// A nominal weight when the heaviest weighs `weight`: at least 1, as it would vanish.
    static int scaled(int nominal, int weight, int heaviest) {
        return Math.max(1, (int) Math.round((double) nominal * weight / heaviest));
    }

    private static Destination weighing(Destination one, int weight) {
        return new Destination(
                one.host(), one.ordinal(), one.address(), weight, one.serving(), one.cut());
    }

    private static Destination notServing(Destination one) {
        return new Destination(
                one.host(), one.ordinal(), one.address(), one.weight(), false, one.cut());
    }

    private static Destination serving(LegacyDestination old, boolean serving) {
        return new Destination(null, old.ordinal(), old.address(), old.weight(), serving);
    }
}
