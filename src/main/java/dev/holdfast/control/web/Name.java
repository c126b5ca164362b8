package dev.holdfast.control.web;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import java.util.regex.Pattern;

/// A resource's name as it stands in a path.
///
/// @param text 1 to 63 of a to z, 0 to 9 and hyphen
public record Name(String text) {

    private static final Pattern ALLOWED = Pattern.compile("[a-z0-9-]{1,63}");

    public Name {
        if (!ALLOWED.matcher(text).matches()) {
            throw new Refusal(
                    Problem.INVALID, "name", text, "1 to 63 characters of a-z, 0-9 and -");
        }
    }

    @Override
    public String toString() {
        return text;
    }
}
