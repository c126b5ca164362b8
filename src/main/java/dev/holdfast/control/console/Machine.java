package dev.holdfast.control.console;

import dev.holdfast.wire.Failure;
import dev.holdfast.wire.Observed;
import dev.holdfast.wire.TableDifference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// A load balancer or a backend host as one line of the overview.
///
/// @param state in a few words
/// @param revision that it runs; null before the first
/// @param problems what stands in the way, in the words of the machine itself
record Machine(
        String name, Tone tone, String state, @Nullable Long revision, List<String> problems) {

    private static final int NAMED_MAX = 3;

    /// @param siteRevision that it should run
    static Machine node(Observed seen, long siteRevision) {
        return of(seen, siteRevision);
    }

    /// A host is told only of what concerns it, so an older revision is no delay.
    static Machine host(Observed seen) {
        return of(seen, 0);
    }

    boolean needsSomebody() {
        return tone == Tone.BAD;
    }

    private static Machine of(Observed seen, long siteRevision) {
        Long applied = seen.appliedRevision();
        Instant heard = seen.heardAt();
        if (heard == null) {
            return line(seen, Tone.UNKNOWN, "never heard from");
        }
        if (seen.lost()) {
            return line(seen, Tone.BAD, "silent since " + Times.second(heard));
        }
        if (seen.refusedRevision() != null) {
            return line(seen, Tone.BAD, "refuses revision " + seen.refusedRevision());
        }
        if (!seen.failures().isEmpty()) {
            int count = seen.failures().size();
            return line(seen, Tone.BAD, count + (count == 1 ? " step" : " steps") + " refused");
        }
        if (Boolean.FALSE.equals(seen.agrees())) {
            return line(seen, Tone.BAD, "tables differ from the others': " + differs(seen));
        }
        if (applied == null) {
            return line(seen, Tone.BUSY, "nothing applied yet");
        }
        if (seen.epoch() != null) {
            return line(seen, Tone.BUSY, "still runs another epoch");
        }
        if (applied < siteRevision) {
            return line(seen, Tone.BUSY, (siteRevision - applied) + " behind");
        }
        return line(seen, Tone.GOOD, "in step");
    }

    private static Machine line(Observed seen, Tone tone, String state) {
        List<String> problems = new ArrayList<>();
        if (seen.why() != null) {
            problems.add(seen.why());
        }
        for (Failure failure : seen.failures()) {
            problems.add(
                    "%s: %s: %s"
                            .formatted(failure.resource(), failure.operation(), failure.error()));
        }
        return new Machine(seen.name(), tone, state, seen.appliedRevision(), problems);
    }

    /// Such as `shop by 12 slots, mail by 3 slots`.
    private static String differs(Observed seen) {
        return Objects.requireNonNullElse(seen.differs(), List.<TableDifference>of()).stream()
                .limit(NAMED_MAX)
                .map(one -> one.service() + " by " + one.slots() + " slots")
                .collect(Collectors.joining(", "));
    }
}
