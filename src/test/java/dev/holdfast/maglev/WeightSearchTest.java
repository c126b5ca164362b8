package dev.holdfast.maglev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.holdfast.maglev.Member.Side;
import dev.holdfast.maglev.SplitAnswer.OutOfReach;
import dev.holdfast.maglev.SplitAnswer.Reached;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WeightSearchTest {

    private static List<Member> members(int legacy, List<Destination> backends) {
        List<Member> members = new ArrayList<>();
        for (int i = 0; i < legacy; i++) {
            Destination old = Destination.serving(Some.address(5000 + i), 80, 1);
            members.add(new Member(Side.LEGACY, old));
        }
        backends.forEach(backend -> members.add(new Member(Side.BACKEND, backend)));
        return members;
    }

    private static WeightSearch search(List<Member> members) {
        return new WeightSearch(TableSize.DEFAULT, ServiceFamily.IPV4, members);
    }

    private static Split reached(SplitAnswer answer) {
        assertThat(answer).isInstanceOf(Reached.class);
        return ((Reached) answer).split();
    }

    private static List<Integer> weights(Split split) {
        return split.ascending().stream().map(Destination::lastWeight).toList();
    }

    /// What the table of a split really gives the backends.
    private static double percentByTable(List<Member> members, Split split) {
        Shares shares = Shares.of(Some.table(split.ascending()));
        double percent = 0;
        for (int i = 0; i < members.size(); i++) {
            if (members.get(i).side() == Side.BACKEND) {
                percent += 100 * shares.destinations().get(members.size() - 1 - i).real();
            }
        }
        return percent;
    }

    @Test
    void aSimpleShareNeedsSmallWeightsOnly() {
        Split half = reached(search(members(1, Some.destinations(3))).nearest(50, 0.1));
        assertThat(weights(half)).containsExactly(3, 1, 1, 1);
        assertThat(half.percent()).isCloseTo(50, within(0.02));
    }

    @Test
    void theShareIsThatOfTheExactTable() {
        for (long seed = 0; seed < 40; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            int nominal = random.nextInt(1, 6);
            List<Destination> backends =
                    Some.destinations(random.nextInt(1, 15), _ -> random.nextInt(1, nominal + 1));
            if (backends.size() > 2) {
                backends = Some.drained(backends, 1);
            }
            List<Member> members = members(random.nextInt(1, 5), backends);
            double target = random.nextDouble(1, 99);
            SplitAnswer answer = search(members).nearest(target, 0.5);
            switch (answer) {
                case Reached(Split split) -> {
                    assertThat(split.percent())
                            .as("seed %d", seed)
                            .isCloseTo(target, within(0.5))
                            .isCloseTo(percentByTable(members, split), within(1e-9));
                    assertThat(weights(split)).allSatisfy(w -> assertThat(w).isBetween(1, 63));
                }
                case OutOfReach gap -> {
                    isOffButExact(members, target, gap.below());
                    isOffButExact(members, target, gap.above());
                }
            }
        }
    }

    private static void isOffButExact(List<Member> members, double target, @Nullable Split split) {
        if (split != null) {
            assertThat(split.percent())
                    .isNotCloseTo(target, within(0.5))
                    .isCloseTo(percentByTable(members, split), within(1e-9));
        }
    }

    @Test
    void whatOneLegacyDestinationCannotMakeIsRefusedWithTheNearestThatCanBeMade() {
        // 63 : 5 is the end: a legacy share of 95 % makes the kernel round to 90.5 %.
        SplitAnswer answer = search(members(1, Some.destinations(5))).nearest(5, 0.5);
        assertThat(answer).isInstanceOf(OutOfReach.class);
        OutOfReach outOfReach = (OutOfReach) answer;
        assertThat(outOfReach.below()).isNull();
        assertThat(Objects.requireNonNull(outOfReach.above()).percent()).isBetween(7.3, 7.5);
        // With two addresses of the old load balancer it can be made.
        Split two = reached(search(members(2, Some.destinations(5))).nearest(5, 0.5));
        assertThat(two.percent()).isCloseTo(5, within(0.1));
    }

    @Test
    void aGapBetweenTwoSharesIsToldFromBothSides() {
        OutOfReach gap = (OutOfReach) search(members(1, Some.destinations(1))).nearest(1.7, 0.01);
        assertThat(Objects.requireNonNull(gap.below()).percent()).isBetween(1.5, 1.7);
        assertThat(Objects.requireNonNull(gap.above()).percent()).isBetween(1.7, 1.9);
    }

    @Test
    void backendsKeepTheirProportionsWhereThatIsWithinReach() {
        List<Destination> twoToOne = Some.destinations(2, number -> number == 1 ? 20 : 10);
        Split split = reached(search(members(1, twoToOne)).nearest(20, 0.2));
        assertThat(split.distortion()).isZero();
        assertThat(weights(split)).containsExactly(12, 2, 1);
        WeightSearch search = search(members(1, twoToOne));
        for (double percent = 6; percent < 95; percent += 0.7) {
            assertThat(reached(search.nearest(percent, 1)).distortion()).isZero();
        }
        List<Destination> uneven = Some.destinations(2, number -> number == 1 ? 1000 : 999);
        Split distorted = reached(search(members(1, uneven)).nearest(20, 0.2));
        assertThat(distorted.distortion()).isCloseTo(0.001, within(0.0001));
        assertThat(weights(distorted).get(1)).isEqualTo(weights(distorted).get(2));
    }

    @Test
    void theGentlestStepsMoveFarFewerOthersThanTheNearest() {
        WeightSearch search = search(members(2, Some.destinations(5)));
        double nearest = 0;
        double gentlest = 0;
        Table current = Some.table(reached(search.nearest(5, 0.5)).ascending());
        Table currentNearest = current;
        for (double percent : new double[] {10, 25, 50, 75, 90, 95}) {
            Split gentle = reached(search.gentlest(percent, 0.5, current));
            Table table = Some.table(gentle.ascending());
            assertThat(gentle.change()).isEqualTo(Difference.between(current, table));
            assertThat(gentle.percent()).isCloseTo(percent, within(0.5));
            gentlest += Difference.between(current, table).collateral();
            current = table;
            Table other = Some.table(reached(search.nearest(percent, 0.5)).ascending());
            nearest += Difference.between(currentNearest, other).collateral();
            currentNearest = other;
        }
        assertThat(gentlest).isLessThan(0.07).isLessThan(nearest * 0.6);
    }

    @Test
    void hardlyAnyFlowGoesBackOnTheWayUp() {
        List<Member> members = members(4, Some.destinations(10));
        List<Destination> legacy = members.subList(0, 4).stream().map(Member::destination).toList();
        WeightSearch search = search(members);
        Table current = Some.table(reached(search.nearest(10, 0.5)).ascending());
        int back = 0;
        for (double percent : new double[] {25, 50, 75, 90, 95}) {
            Split split = reached(search.gentlest(percent, 0.5, current));
            Table table = Some.table(split.ascending());
            for (int slot = 0; slot < TableSize.DEFAULT.slots(); slot++) {
                Destination from = current.destinations().get(current.ownerOf(slot));
                Destination to = table.destinations().get(table.ownerOf(slot));
                back +=
                        legacy.stream().noneMatch(from::isSameAs)
                                        && legacy.stream().anyMatch(to::isSameAs)
                                ? 1
                                : 0;
            }
            current = table;
        }
        assertThat(back).isLessThan(5); // 0.1 % of the slots
    }

    @Test
    void stayingWhereOneIsMovesNothing() {
        WeightSearch search = search(members(2, Some.destinations(6)));
        Split there = reached(search.nearest(30, 0.5));
        Split again = reached(search.gentlest(30, 0.5, Some.table(there.ascending())));
        assertThat(again.ascending()).isEqualTo(there.ascending());
        assertThat(Objects.requireNonNull(again.change()).moved()).isZero();
    }

    @Test
    void manyBackendsAndAFullTableAreNoTrouble() {
        List<Member> members = members(4, Some.destinations(1000));
        SplitAnswer answer = search(members).nearest(90, 0.5);
        assertThat(percentByTable(members, reached(answer))).isCloseTo(90, within(0.5));
        // 4 x 63 is the most that the old side can weigh against 1,000.
        OutOfReach tooLittle = (OutOfReach) search(members).nearest(5, 0.5);
        assertThat(Objects.requireNonNull(tooLittle.above()).percent()).isBetween(79.0, 82.0);
    }

    @Test
    void nonsenseIsRefusedWithWhatWasExpected() {
        List<Destination> two = Some.destinations(2);
        assertThatThrownBy(() -> search(members(0, two)))
                .hasMessage("LEGACY: nobody serves (expected: at least one on each side)");
        List<Destination> drained = Some.drained(Some.drained(two, 0), 1);
        assertThatThrownBy(() -> search(members(1, drained)))
                .hasMessage("BACKEND: nobody serves (expected: at least one on each side)");
        assertThatThrownBy(() -> search(members(1, two)).nearest(100, 1))
                .hasMessage("percent: 100.0 (expected: above 0 and below 100)");
        assertThatThrownBy(() -> members(1, Some.destinations(1, _ -> 0)))
                .hasMessage("10.0.0.1:80 has weight 0 (expected: a nominal weight)");
    }
}
