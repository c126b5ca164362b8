package dev.holdfast.control.console;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/// Times as they stand on the pages: UTC, as in logs, and saying so.
final class Times {

    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter DAY_AND_SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    private Times() {}

    static String second(Instant at) {
        return SECOND.format(at);
    }

    static String dayAndSecond(Instant at) {
        return DAY_AND_SECOND.format(at);
    }
}
