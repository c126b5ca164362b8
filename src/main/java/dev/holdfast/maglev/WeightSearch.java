package dev.holdfast.maglev;

import dev.holdfast.maglev.Candidates.Candidate;
import dev.holdfast.maglev.Member.Side;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// Finds weights for a staged migration: so many percent of the flows to the backends, the rest to
/// the legacy destinations.
///
/// Shares are those of the exact table. The kernel's weights cannot make every share: no
/// destination can get more than 63 times what another one gets (with the default size of table).
/// Backends keep their nominal proportions wherever that is within reach.
public final class WeightSearch {

    /// Of weights that differ in those of the legacy destinations alone, how many get a table. More
    /// were tried: they found nothing gentler.
    private static final int TRIED_OF_ALIKE = 2;

    private final TableSize size;
    private final ServiceFamily family;
    private final List<Member> ascending;
    private final Candidates candidates;
    private final List<Candidate> all;

    /// @param ascending all destinations of the service, in ascending order of their ordinals
    /// @throws IllegalArgumentException when a side has nobody who serves
    public WeightSearch(TableSize size, ServiceFamily family, List<Member> ascending) {
        this.size = size;
        this.family = family;
        this.ascending = List.copyOf(ascending);
        for (Side side : Side.values()) {
            if (ascending.stream()
                    .noneMatch(any -> any.side() == side && any.destination().serves())) {
                throw new IllegalArgumentException(
                        side + ": nobody serves (expected: at least one on each side)");
            }
        }
        this.candidates = new Candidates(size, this.ascending);
        this.all = candidates.all();
    }

    /// The weights that come nearest to a share; of equally near ones the smallest.
    ///
    /// @param percent for the backends, above 0 and below 100
    /// @param tolerance how far off, in points of percent, still counts as reached
    public SplitAnswer nearest(double percent, double tolerance) {
        Optional<Candidate> found = within(percent, tolerance).stream().min(nearTo(percent));
        return found.isPresent()
                ? new SplitAnswer.Reached(split(found.get(), null))
                : outOfReach(percent);
    }

    /// Of all weights that reach a share, those with the least collateral: flows that change their
    /// destination without need.
    ///
    /// @param percent for the backends, above 0 and below 100
    /// @param tolerance how far off, in points of percent, still counts as reached; more of it
    ///   leaves more to choose from
    /// @param current the table that the load balancers have
    public SplitAnswer gentlest(double percent, double tolerance, Table current) {
        Split best = null;
        double least = Double.MAX_VALUE;
        for (Candidate candidate : worthATable(within(percent, tolerance), percent)) {
            Table table = Table.ofAscending(size, family, destinations(candidate));
            Difference change = Difference.between(current, table);
            if (change.collateral() < least) {
                least = change.collateral();
                best = split(candidate, change);
            }
        }
        return best == null ? outOfReach(percent) : new SplitAnswer.Reached(best);
    }

    /// With nominal proportions if there are any, else with those that come nearest to them.
    private List<Candidate> within(double percent, double tolerance) {
        if (!(percent > 0 && percent < 100)) {
            throw new IllegalArgumentException(
                    "percent: " + percent + " (expected: above 0 and below 100)");
        }
        List<Candidate> near =
                all.stream().filter(any -> Math.abs(any.percent() - percent) <= tolerance).toList();
        double least = near.stream().mapToDouble(Candidate::distortion).min().orElse(0);
        return near.stream().filter(any -> any.distortion() <= least).toList();
    }

    /// Of those whose backends weigh the same, the nearest few; nearest first.
    private static List<Candidate> worthATable(List<Candidate> near, double percent) {
        Map<Integer, List<Candidate>> byScale = new TreeMap<>();
        for (Candidate candidate : near) {
            byScale.computeIfAbsent(candidate.scale(), _ -> new ArrayList<>()).add(candidate);
        }
        return byScale.values().stream()
                .flatMap(alike -> alike.stream().sorted(nearTo(percent)).limit(TRIED_OF_ALIKE))
                .sorted(nearTo(percent))
                .toList();
    }

    private SplitAnswer outOfReach(double percent) {
        return new SplitAnswer.OutOfReach(
                nearestOf(any -> any.percent() < percent, percent),
                nearestOf(any -> any.percent() > percent, percent));
    }

    private @Nullable Split nearestOf(Predicate<Candidate> side, double percent) {
        Optional<Candidate> found = all.stream().filter(side).min(nearTo(percent));
        return found.isPresent() ? split(found.get(), null) : null;
    }

    private static Comparator<Candidate> nearTo(double percent) {
        return Comparator.<Candidate>comparingDouble(any -> Math.abs(any.percent() - percent))
                .thenComparingDouble(Candidate::distortion)
                .thenComparingInt(Candidate::heaviest)
                .thenComparingInt(Candidate::round);
    }

    private Split split(Candidate candidate, @Nullable Difference change) {
        return new Split(
                destinations(candidate), candidate.percent(), candidate.distortion(), change);
    }

    private List<Destination> destinations(Candidate candidate) {
        int[] newestFirst = candidates.weights(candidate);
        int count = newestFirst.length;
        List<Destination> destinations = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            destinations.add(ascending.get(i).weighing(newestFirst[count - 1 - i]));
        }
        return destinations;
    }
}
