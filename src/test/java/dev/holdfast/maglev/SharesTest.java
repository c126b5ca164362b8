package dev.holdfast.maglev;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SharesTest {

    @Test
    void aDrainedDestinationKeepsItsSlotsAndGetsNothing() {
        Shares shares = Shares.of(Some.table(Some.drained(Some.destinations(4), 0)));
        Share drained = shares.destinations().getLast();
        assertThat(drained.slots()).isEqualTo(1023);
        assertThat(drained.real()).isZero();
        assertThat(drained.nominal()).isZero();
        assertThat(drained.deviation()).isZero();
        assertThat(shares.destinations().stream().mapToDouble(Share::real).sum())
                .isCloseTo(1, within(1e-12));
        assertThat(shares.destinations().getFirst().nominal()).isEqualTo(1 / 3.0);
        assertThat(shares.refused()).isLessThan(1e-300);
    }

    @Test
    void realSharesAreWhatManyFlowsGet() {
        List<Destination> ascending = Some.destinations(9, number -> number);
        Table table = Some.table(Some.drained(Some.drained(ascending, 8), 5));
        Shares shares = Shares.of(table);
        int flows = 400_000;
        int[] got = new int[9];
        SplittableRandom random = new SplittableRandom(11);
        for (int i = 0; i < flows; i++) {
            got[table.find(random.nextInt())]++;
        }
        for (int i = 0; i < got.length; i++) {
            assertThat((double) got[i] / flows)
                    .isCloseTo(shares.destinations().get(i).real(), within(0.003));
        }
    }

    @Test
    void imbalanceShowsWeightsThatTheKernelCannotMake() {
        List<Destination> legacyAndFive = Some.destinations(6, number -> number == 1 ? 95 : 1);
        Shares shares = Shares.of(Some.table(legacyAndFive));
        Share legacy = shares.destinations().getLast();
        assertThat(legacy.nominal()).isEqualTo(0.95);
        assertThat(legacy.real()).isCloseTo(0.905, within(0.002)); // as a kernel showed
        assertThat(shares.imbalance()).isBetween(0.9, 0.95); // 1.9 % each, not 1 %
        assertThat(Shares.of(Some.table(Some.destinations(10))).imbalance()).isLessThan(0.01);
    }

    @Test
    void nothingServingRefusesAll() {
        assertThat(Shares.of(Some.table(List.of())).refused()).isEqualTo(1);
        Shares drained = Shares.of(Some.table(Some.drained(Some.destinations(1), 0)));
        assertThat(drained.refused()).isEqualTo(1);
        assertThat(drained.imbalance()).isZero();
        assertThat(drained.destinations().getFirst().owned()).isEqualTo(1);
    }
}
