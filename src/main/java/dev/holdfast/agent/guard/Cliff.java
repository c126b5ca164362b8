package dev.holdfast.agent.guard;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntSupplier;

/// The rule of NO-CLIFF: a few may always go, and of more only a share.
final class Cliff {
    private static final int ALWAYS_ALLOWED = 3;
    private static final int NAMES_SHOWN = 3;

    private Cliff() {}

    /// What of a change is more than may be lost at once; empty when all of it may.
    ///
    /// @param percent of the services, and of the destinations that serve one, that may go at once
    static Optional<String> between(Carried now, Carried next, int percent) {
        return between(now, next, () -> now.serving().size(), percent);
    }

    /// As above, of parts of two that are the same elsewhere.
    ///
    /// @param services how many there are in all of the first; asked when it matters
    static Optional<String> between(Carried now, Carried next, IntSupplier services, int percent) {
        List<String> lost = new ArrayList<>(now.serving().keySet());
        lost.removeAll(next.serving().keySet());
        if (lost.size() > ALWAYS_ALLOWED && isTooMany(lost.size(), services.getAsInt(), percent)) {
            return Optional.of(
                    "%d of %d services (%s)"
                            .formatted(lost.size(), services.getAsInt(), some(lost)));
        }
        for (Map.Entry<String, Set<String>> service : now.serving().entrySet()) {
            Set<String> left = next.serving().get(service.getKey());
            if (left != null) {
                Set<String> gone = new HashSet<>(service.getValue());
                gone.removeAll(left);
                if (isTooMany(gone.size(), service.getValue().size(), percent)) {
                    return Optional.of(
                            "%d of %d destinations that serve %s (%s)"
                                    .formatted(
                                            gone.size(),
                                            service.getValue().size(),
                                            service.getKey(),
                                            some(gone.stream().sorted().toList())));
                }
            }
        }
        return Optional.empty();
    }

    private static boolean isTooMany(int lost, int of, int percent) {
        return lost > ALWAYS_ALLOWED && lost * 100L > (long) percent * of;
    }

    private static String some(List<String> names) {
        String shown = String.join(", ", names.subList(0, Math.min(names.size(), NAMES_SHOWN)));
        return names.size() <= NAMES_SHOWN
                ? shown
                : shown + " and " + (names.size() - NAMES_SHOWN) + " more";
    }
}
