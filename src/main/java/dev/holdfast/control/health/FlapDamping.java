package dev.holdfast.control.health;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Keeps a backend down for a while that comes and goes: each change moves flows.
///
/// The third fall within ten minutes is held for 30 seconds from that fall, each further one for
/// twice as long, up to five minutes.
final class FlapDamping {

    /// How far back falls count.
    static final Duration WINDOW = Duration.ofMinutes(10);

    private static final int FALLS_FORGIVEN = 2;
    private static final Duration FIRST_HOLD = Duration.ofSeconds(30);
    private static final Duration LONGEST_HOLD = Duration.ofMinutes(5);

    private FlapDamping() {}

    /// Until when and why a backend that passes again is still taken to be down.
    record Hold(Instant until, int falls) {

        String why() {
            return "held down until %s, although it passes: it fell %d times in %d minutes"
                    .formatted(until, falls, WINDOW.toMinutes());
        }
    }

    /// @param falls when it went down, oldest first
    /// @return empty when it may come up now
    static Optional<Hold> hold(List<Instant> falls, Instant now) {
        List<Instant> recent =
                falls.stream().filter(fall -> fall.isAfter(now.minus(WINDOW))).toList();
        int held = recent.size() - FALLS_FORGIVEN;
        if (held <= 0) {
            return Optional.empty();
        }
        Duration hold = FIRST_HOLD;
        for (int i = 1; i < held && hold.compareTo(LONGEST_HOLD) < 0; i++) {
            hold = hold.multipliedBy(2);
        }
        Duration capped = hold.compareTo(LONGEST_HOLD) < 0 ? hold : LONGEST_HOLD;
        Instant until = recent.getLast().plus(capped);
        return now.isBefore(until) ? Optional.of(new Hold(until, recent.size())) : Optional.empty();
    }
}
