package dev.holdfast.lab;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/// How one test inside the guest ended; travels as a line of the guest JVM's standard output.
///
/// @param test JUnit's unique id, the same on both sides
/// @param detail a stack trace or a reason, empty when the test passed
record Verdict(String test, Outcome outcome, String detail) {
    private static final String MARK = "@holdfast-verdict ";

    enum Outcome {
        PASSED,
        FAILED,
        ABORTED
    }

    String line() {
        return MARK + outcome + " " + encode(test) + " " + encode(detail);
    }

    /// Empty for a line that the test itself printed.
    static Optional<Verdict> parse(String line) {
        if (!line.startsWith(MARK)) {
            return Optional.empty();
        }
        String[] parts = line.substring(MARK.length()).split(" ", -1);
        return Optional.of(
                new Verdict(decode(parts[1]), Outcome.valueOf(parts[0]), decode(parts[2])));
    }

    private static String encode(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String decode(String text) {
        return new String(Base64.getDecoder().decode(text), StandardCharsets.UTF_8);
    }
}
