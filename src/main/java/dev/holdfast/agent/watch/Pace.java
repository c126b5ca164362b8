package dev.holdfast.agent.watch;

import java.time.Duration;
import java.util.random.RandomGenerator;

/// How the long-poll loop paces itself.
///
/// @param park how long the control plane may park a question
/// @param base first bound of the back-off
/// @param cap last bound of the back-off
public record Pace(Duration park, Duration base, Duration cap, RandomGenerator random) {

    /// What is used outside tests.
    public static Pace usual() {
        return new Pace(
                Duration.ofSeconds(30),
                Duration.ofMillis(200),
                Duration.ofSeconds(15),
                RandomGenerator.getDefault());
    }
}
