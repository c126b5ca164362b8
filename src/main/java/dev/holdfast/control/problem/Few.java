package dev.holdfast.control.problem;

import java.util.List;
import java.util.Optional;

/// Names in a sentence, and not all of them when there are many.
public final class Few {

    private static final int SHOWN = 5;

    private Few() {}

    /// Such as `service shop` or `services api, shop`; empty when there are none.
    ///
    /// @param word the kind, in the singular
    public static Optional<String> of(String word, List<String> names) {
        if (names.isEmpty()) {
            return Optional.empty();
        }
        String first = String.join(", ", names.subList(0, Math.min(SHOWN, names.size())));
        String more = names.size() > SHOWN ? " and " + (names.size() - SHOWN) + " more" : "";
        return Optional.of(word + (names.size() == 1 ? " " : "s ") + first + more);
    }
}
