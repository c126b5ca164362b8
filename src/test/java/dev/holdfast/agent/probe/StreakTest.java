package dev.holdfast.agent.probe;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreakTest {

    @Test
    void anOpinionNeedsSoManyInARow() {
        Streak streak = Streak.NONE.after(true, 2, 3);
        assertThat(streak.up()).isNull();
        streak = streak.after(true, 2, 3);
        assertThat(streak.up()).isTrue();
        streak = streak.after(false, 2, 3).after(false, 2, 3).after(true, 2, 3);
        assertThat(streak.up()).isTrue();
        streak = streak.after(false, 2, 3).after(false, 2, 3).after(false, 2, 3);
        assertThat(streak.up()).isFalse();
    }

    /// Against the definition, over any sequence: the opinion is what the last run that was long
    /// enough said.
    @Test
    void overAnySequenceItIsWhatTheLastLongEnoughRunSaid() {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int round = 0; round < 500; round++) {
            int rise = 1 + random.nextInt(5);
            int fall = 1 + random.nextInt(5);
            double luck = random.nextDouble();
            Streak streak = Streak.NONE;
            List<Boolean> past = new ArrayList<>();
            for (int i = 0; i < 60; i++) {
                boolean passed = random.nextDouble() < luck;
                past.add(passed);
                streak = streak.after(passed, rise, fall);
                assertThat(streak.up())
                        .as("seed %d, rise %d, fall %d: %s", seed, rise, fall, past)
                        .isEqualTo(opinion(past, rise, fall));
            }
        }
    }

    private static @Nullable Boolean opinion(List<Boolean> past, int rise, int fall) {
        for (int end = past.size(); end > 0; end--) {
            boolean last = past.get(end - 1);
            int length = last ? rise : fall;
            if (end >= length
                    && past.subList(end - length, end).stream().allMatch(one -> one == last)) {
                return last;
            }
        }
        return null;
    }
}
