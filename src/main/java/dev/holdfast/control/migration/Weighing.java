package dev.holdfast.control.migration;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.control.table.ExactTable;
import dev.holdfast.maglev.Member;
import dev.holdfast.maglev.Split;
import dev.holdfast.maglev.SplitAnswer;
import dev.holdfast.maglev.Table;
import dev.holdfast.maglev.TableSize;
import dev.holdfast.maglev.WeightSearch;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.LegacyDestination;
import dev.holdfast.wire.MigrationStage;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Chooses the weights that give the backends their share, by the exact table.
///
/// Who serves at the moment does not count: weights that followed health or drains would move the
/// flows of all others each time.
final class Weighing {

    /// What still counts as the share that was asked for: a tenth of it, and no more than half a
    /// point. The kernel's weights are coarse.
    private static final double TOLERANCE = 0.1;

    private static final double TOLERANCE_MAX = 0.5;

    private final ExactTable exact;
    private final List<Destination> backends;

    /// @param backends at least one, with nominal weights
    Weighing(ExactTable exact, List<Destination> backends) {
        this.exact = exact;
        this.backends =
                backends.stream()
                        .map(one ->
                                new Destination(
                                        one.host(),
                                        one.ordinal(),
                                        one.address(),
                                        one.weight(),
                                        true))
                        .toList();
    }

    /// The course with weights for a share, those that move the fewest flows without need.
    ///
    /// @param course at CANARY
    /// @param before what the load balancers have now; null when nothing of it is a split
    /// @throws Refusal (422) when the kernel cannot make that share
    Course reaching(Course course, BigDecimal percent, @Nullable Course before) {
        double wanted = percent.doubleValue();
        double tolerance = tolerance(wanted);
        WeightSearch search = search(course);
        SplitAnswer answer =
                before == null
                        ? search.nearest(wanted, tolerance)
                        : search.gentlest(wanted, tolerance, table(before));
        return switch (answer) {
            case SplitAnswer.Reached reached -> weighed(course, reached.split());
            case SplitAnswer.OutOfReach out ->
                    throw new Refusal(
                            Problem.IMPOSSIBLE,
                            "percent",
                            percent.toPlainString(),
                            "a share that the kernel's weights can make with %s: %s"
                                    .formatted(sides(course), nearest(out)));
        };
    }

    /// As near as one comes, where nobody asked for a share just now: the course as it is while it
    /// is near enough.
    Course holding(Course course, BigDecimal percent) {
        double wanted = percent.doubleValue();
        double real = Percent.ofBackends(exact, all(course)).doubleValue();
        if (Math.abs(real - wanted) <= tolerance(wanted)) {
            return course;
        }
        SplitAnswer answer = search(course).gentlest(wanted, tolerance(wanted), table(course));
        return switch (answer) {
            case SplitAnswer.Reached reached -> weighed(course, reached.split());
            case SplitAnswer.OutOfReach out ->
                    Stream.of(out.below(), out.above())
                            .flatMap(Stream::ofNullable)
                            .min(
                                    Comparator.comparingDouble(
                                            split -> Math.abs(split.percent() - wanted)))
                            .map(split -> weighed(course, split))
                            .orElse(course);
        };
    }

    private static double tolerance(double percent) {
        return Math.min(TOLERANCE_MAX, TOLERANCE * Math.min(percent, 100 - percent));
    }

    private WeightSearch search(Course course) {
        return new WeightSearch(
                TableSize.DEFAULT,
                exact.family(),
                ascending(course).stream()
                        .map(one ->
                                new Member(
                                        one.host() == null
                                                ? Member.Side.LEGACY
                                                : Member.Side.BACKEND,
                                        exact.destination(one)))
                        .toList());
    }

    /// With nominal weights of the backends.
    private List<Destination> ascending(Course course) {
        return new Course(MigrationStage.CANARY, course.legacy(), null, false)
                .destinations(backends);
    }

    private List<Destination> all(Course course) {
        return new Course(MigrationStage.CANARY, course.legacy(), course.backendWeight(), false)
                .destinations(backends);
    }

    private Table table(Course course) {
        return exact.table(course.destinations(backends));
    }

    private Course weighed(Course course, Split split) {
        List<Destination> members = ascending(course);
        List<LegacyDestination> legacy = new ArrayList<>();
        int heaviest = 0;
        for (int i = 0; i < members.size(); i++) {
            Destination one = members.get(i);
            int weight = split.ascending().get(i).lastWeight();
            if (one.host() == null) {
                legacy.add(new LegacyDestination(one.address(), one.ordinal(), weight));
            } else {
                heaviest = Math.max(heaviest, weight);
            }
        }
        return new Course(course.stage(), legacy, heaviest, course.forwards());
    }

    private String sides(Course course) {
        return "%d old load balancer%s and %d backend%s"
                .formatted(
                        course.legacy().size(),
                        course.legacy().size() == 1 ? "" : "s",
                        backends.size(),
                        backends.size() == 1 ? "" : "s");
    }

    private static String text(@Nullable Split split, String otherwise) {
        return split == null ? otherwise : Percent.of(split.percent()).toPlainString();
    }

    private static String nearest(SplitAnswer.OutOfReach out) {
        return text(out.below(), "0 (SHADOW)") + " or " + text(out.above(), "100 (LIVE)");
    }
}
