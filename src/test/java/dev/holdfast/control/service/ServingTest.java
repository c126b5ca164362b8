package dev.holdfast.control.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.wire.AdminState;
import dev.holdfast.wire.BackendHealth.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ServingTest {

    private static Serving.Standing enabled(@Nullable State health) {
        return new Serving.Standing(AdminState.ENABLED, health);
    }

    private static List<Boolean> serving(int panicPercent, Serving.Standing... all) {
        Serving serving = Serving.of(List.of(all), panicPercent);
        return Arrays.stream(all).map(serving::serves).toList();
    }

    @Test
    void whereNobodyAsksEveryEnabledBackendServes() {
        assertThat(
                        serving(
                                50,
                                enabled(null),
                                new Serving.Standing(AdminState.DRAINING, null),
                                new Serving.Standing(AdminState.DISABLED, null)))
                .containsExactly(true, false, false);
    }

    @Test
    void whoIsDownLosesItsTrafficUntilTooFewAreLeft() {
        Serving.Standing up = enabled(State.UP);
        Serving.Standing down = enabled(State.DOWN);

        assertThat(serving(50, up, up, down)).containsExactly(true, true, false);
        assertThat(serving(50, up, down)).containsExactly(true, false);
        assertThat(serving(50, up, down, down)).containsExactly(true, true, true);
        assertThat(serving(0, down, down)).containsExactly(false, false);
        assertThat(serving(100, up, up, down)).containsExactly(true, true, true);
    }

    @Test
    void whoNeverPassedNeitherServesNorCountsAsLost() {
        Serving.Standing untried = enabled(State.UNTRIED);

        assertThat(serving(50, untried, untried)).containsExactly(false, false);
        assertThat(serving(50, enabled(State.UP), untried, untried))
                .containsExactly(true, false, false);
        assertThat(serving(50, enabled(State.DOWN), untried)).containsExactly(true, false);
    }

    /// PERSON-WINS, and a service fails open wholly or not at all.
    @Test
    void whateverIsFoundOnlyEnabledBackendsServe() {
        long seed = System.nanoTime();
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        for (int round = 0; round < 2000; round++) {
            List<Serving.Standing> all = new ArrayList<>();
            for (int i = random.nextInt(8); i >= 0; i--) {
                AdminState[] wanted = AdminState.values();
                State[] found = State.values();
                int health = random.nextInt(found.length + 1);
                all.add(
                        new Serving.Standing(
                                wanted[random.nextInt(wanted.length)],
                                health == found.length ? null : found[health]));
            }
            Serving serving = Serving.of(all, random.nextInt(101));
            for (Serving.Standing one : all) {
                boolean may = one.wanted() == AdminState.ENABLED && one.health() != State.UNTRIED;
                boolean must = may && (serving.failsOpen() || one.health() != State.DOWN);
                assertThat(serving.serves(one)).as("seed %d: %s", seed, all).isEqualTo(must);
            }
        }
    }
}
