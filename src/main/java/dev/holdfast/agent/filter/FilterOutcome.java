package dev.holdfast.agent.filter;

import dev.holdfast.wire.Failure;
import java.util.Map;

/// What became of a wish for the filter to be so.
public sealed interface FilterOutcome {

    /// It was so already; nothing was touched.
    record Unchanged() implements FilterOutcome {}

    /// It was changed, because something else was wished before, or nothing.
    record Applied() implements FilterOutcome {}

    /// Somebody had changed what was applied before; now it is so again.
    ///
    /// @param kinds of drift, how often each
    record Repaired(Map<String, Long> kinds) implements FilterOutcome {}

    /// It is as it was before, as far as the tool keeps its word.
    record Refused(Failure failure) implements FilterOutcome {}
}
