package dev.holdfast.control.audit;

import java.time.Clock;

/// Keeps those without a token from filling the database: so many a minute are written down, and no
/// more.
final class Strangers {

    private static final int A_MINUTE = 60;

    private final Clock clock = Clock.systemUTC();
    private long minute;
    private int noted;

    synchronized boolean mayBeNoted() {
        long now = clock.millis() / 60_000;
        if (now != minute) {
            minute = now;
            noted = 0;
        }
        return noted++ < A_MINUTE;
    }
}
