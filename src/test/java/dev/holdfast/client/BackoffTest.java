package dev.holdfast.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class BackoffTest {

    @Test
    void waitsAreSpreadBelowABoundThatDoublesUpToTheCap() {
        Backoff backoff =
                new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), new SplittableRandom(7));
        long[] longest = new long[6];
        for (int round = 0; round < 500; round++) {
            for (int i = 0; i < longest.length; i++) {
                longest[i] = Math.max(longest[i], backoff.next().toMillis());
            }
            backoff.reset();
        }
        long[] bounds = {100, 200, 400, 800, 1000, 1000};
        for (int i = 0; i < bounds.length; i++) {
            assertThat(longest[i]).isBetween(bounds[i] * 9 / 10, bounds[i]);
        }
    }
}
