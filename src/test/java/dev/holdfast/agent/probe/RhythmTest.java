package dev.holdfast.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LongSummaryStatistics;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RhythmTest {

    private static final int DRAWS = 2000;

    private final long seed = System.nanoTime();
    private final RandomGenerator random =
            RandomGeneratorFactory.of("L64X128MixRandom").create(seed);

    @Test
    void probesKeepTheIntervalOnAverageAndDoNotStayInStep() {
        for (int round = 0; round < 50; round++) {
            long interval = 1000L * (1 + random.nextInt(60));
            long took = random.nextLong(interval / 2);
            LongSummaryStatistics starts =
                    draw(() -> took + new Rhythm(interval).next(took, random));

            String which = "seed %d, interval %d, took %d".formatted(seed, interval, took);
            assertThat(starts.getMin()).as(which).isBetween(interval * 95 / 100, interval - 1);
            assertThat(starts.getMax()).as(which).isBetween(interval + 1, interval * 105 / 100);
            assertThat(starts.getMax() - starts.getMin())
                    .as(which)
                    .isGreaterThan(interval * 9 / 100);
            assertThat(starts.getAverage())
                    .as(which)
                    .isCloseTo((double) interval, Percentage.withPercentage(1));
        }
    }

    @Test
    void aProbeThatTookLongerThanItsIntervalIsFollowedAtOnce() {
        assertThat(draw(() -> new Rhythm(1000).next(2000, random)).getMax()).isZero();
    }

    @Test
    void theFirstProbesComeSoonAndSpreadOut() {
        LongSummaryStatistics first = draw(() -> new Rhythm(60_000).first(random));

        assertThat(first.getMin()).as("seed %d", seed).isBetween(0L, 100L);
        assertThat(first.getMax()).as("seed %d", seed).isBetween(900L, 999L);
    }

    private static LongSummaryStatistics draw(LongSupplier one) {
        return LongStream.generate(one).limit(DRAWS).summaryStatistics();
    }
}
