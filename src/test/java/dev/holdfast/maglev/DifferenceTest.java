package dev.holdfast.maglev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DifferenceTest {

    private static Difference between(List<Destination> before, List<Destination> after) {
        return Difference.between(Some.table(before), Some.table(after));
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 20, 100})
    void aDrainAndItsEndMoveWhatMustMoveAndNothingElse(int count) {
        List<Destination> all = Some.destinations(count);
        Difference drain = between(all, Some.drained(all, 1));
        double share = Shares.of(Some.table(all)).destinations().get(count - 2).owned();
        assertThat(drain.moved()).isCloseTo(share, within(1e-12));
        assertThat(drain.collateral()).isCloseTo(0, within(1e-12));
        assertThat(drain.slots()).isZero();
        Difference back = between(Some.drained(all, 1), all);
        assertThat(back.moved()).isCloseTo(share, within(1e-12));
        assertThat(back.collateral()).isCloseTo(0, within(1e-12));
    }

    @Test
    void removingOneOfAHundredMovesThreeTimesAsManyOthers() {
        List<Destination> all = Some.destinations(100);
        Difference removal = between(all, Some.without(all, 50));
        assertThat(removal.intended()).isCloseTo(0.01, within(0.0002));
        assertThat(removal.collateral()).isBetween(0.02, 0.04);
        assertThat(removal.moved()).isEqualTo(removal.slots() / 4093.0);
    }

    @Test
    void addingOneIntendsWhatItGets() {
        Difference addition = between(Some.destinations(20), Some.destinations(21));
        assertThat(addition.intended()).isCloseTo(1 / 21.0, within(0.0003));
        assertThat(addition.collateral()).isBetween(0.002, 0.04);
    }

    @Test
    void anotherOrderIsNothingButCollateral() {
        List<Destination> all = Some.destinations(100);
        Difference reordered = between(all, all.reversed());
        assertThat(reordered.intended()).isZero();
        assertThat(reordered.collateral()).isBetween(0.03, 0.08);
    }

    @Test
    void aScaleOfWeightsThatMeansTheSameMovesNothing() {
        Difference scaled = between(Some.destinations(9), Some.destinations(9, _ -> 10));
        assertThat(scaled).isEqualTo(new Difference(0, 0, 0, 0, 0));
    }

    @Test
    void aFineStepInWeightIsMostlyCollateral() {
        List<Destination> hundred = Some.destinations(100, _ -> 100);
        List<Destination> one99 = Some.destinations(100, number -> number == 50 ? 99 : 100);
        Difference fine = between(hundred, one99);
        assertThat(fine.moved()).isGreaterThan(0.4); // 55 % on a kernel, with other addresses
        assertThat(fine.intended()).isLessThan(0.012);
        List<Destination> doubled = Some.destinations(5, number -> number == 3 ? 2 : 1);
        Difference coarse = between(Some.destinations(5), doubled);
        assertThat(coarse.intended()).isCloseTo(1 / 3.0 - 1 / 5.0, within(0.001));
        assertThat(coarse.collateral()).isLessThan(0.03);
    }

    @Test
    void noMoreIsIntendedThanAnyTableWithTheNewSharesWouldMove() {
        // Everyone to another weight: far more flows go with the new weights than would have to.
        List<Destination> before = Some.destinations(8, number -> 60 - number);
        List<Destination> after = Some.destinations(8, number -> 60 - (number * 5 + 3) % 9);
        Difference shuffled = between(before, after);
        Shares old = Shares.of(Some.table(before));
        Shares fresh = Shares.of(Some.table(after));
        double least = 0;
        for (int i = 0; i < 8; i++) {
            double gone = old.destinations().get(i).real() - fresh.destinations().get(i).real();
            least += Math.max(0, gone);
        }
        assertThat(shuffled.intended()).isCloseTo(least, within(1e-12));
        assertThat(shuffled.moved()).isGreaterThan(2 * least);
    }

    @Test
    void deletingWhatWasDrainedMovesTheFallbackFlowsAgain() {
        List<Destination> all = Some.destinations(20);
        Difference deletion = between(Some.drained(all, 3), Some.without(all, 3));
        assertThat(deletion.intended()).isZero();
        assertThat(deletion.collateral()).isBetween(0.045, 0.08);
    }

    @Test
    void losingEverythingAndGettingItBack() {
        List<Destination> one = Some.destinations(1);
        assertThat(between(one, Some.drained(one, 0))).isEqualTo(new Difference(1, 1, 1, 0, 0));
        assertThat(between(Some.drained(one, 0), one)).isEqualTo(new Difference(0, 0, 0, 1, 0));
        assertThat(between(one, List.of())).isEqualTo(new Difference(1, 1, 1, 0, 4093));
        assertThat(between(List.of(), List.of())).isEqualTo(new Difference(0, 0, 0, 0, 0));
    }

    @Test
    void isWhatCountingManyFlowsFinds() {
        for (long seed = 0; seed < 25; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Destination> pool = new ArrayList<>();
            for (Destination any : Some.destinations(random.nextInt(3, 14))) {
                pool.add(random(any, random));
            }
            List<Destination> other = new ArrayList<>();
            for (Destination any : pool) {
                if (random.nextInt(4) > 0) {
                    other.add(random.nextInt(3) > 0 ? any : random(any, random));
                }
            }
            Table before = Some.table(pool);
            Table after = Some.table(other);
            Difference difference = Difference.between(before, after);
            if (difference.lost() > 0 || difference.gained() > 0) {
                continue;
            }
            int flows = 100_000;
            int moved = 0;
            for (int i = 0; i < flows; i++) {
                int key = random.nextInt();
                Destination from = before.destinations().get(before.find(key));
                Destination to = after.destinations().get(after.find(key));
                moved += from.isSameAs(to) ? 0 : 1;
            }
            assertThat((double) moved / flows)
                    .as("seed %d", seed)
                    .isCloseTo(difference.moved(), within(0.007));
            assertThat(difference.intended())
                    .as("seed %d", seed)
                    .isBetween(0.0, difference.moved() + 1e-12);
        }
    }

    private static Destination random(Destination any, SplittableRandom random) {
        int weight = random.nextInt(1, 5);
        return random.nextInt(3) == 0
                ? Destination.drained(any.address(), 80, weight)
                : Destination.serving(any.address(), 80, weight);
    }

    @Test
    void tablesOfDifferentSizesAreNotCompared() {
        Table small =
                Table.ofAscending(TableSize.SLOTS_251, ServiceFamily.IPV4, Some.destinations(2));
        assertThatThrownBy(() -> Difference.between(Some.table(Some.destinations(2)), small))
                .hasMessage("table of 251 slots, IPV4 (expected: 4093, IPV4)");
    }
}
