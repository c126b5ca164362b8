package dev.holdfast.control.change;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import java.util.regex.Pattern;

/// What a caller chose to name one attempt, so that it can be repeated without harm.
///
/// @param text 1 to 200 printable characters of ASCII
record IdempotencyKey(String text) {

    private static final Pattern ALLOWED = Pattern.compile("[\\x21-\\x7e]{1,200}");

    IdempotencyKey {
        if (!ALLOWED.matcher(text).matches()) {
            throw new Refusal(
                    Problem.INVALID,
                    "Idempotency-Key",
                    text,
                    "1 to 200 printable characters of ASCII without spaces");
        }
    }
}
