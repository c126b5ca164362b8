package dev.holdfast.wire;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One write, or one that was refused.
///
/// @param id ascending; not without gaps
/// @param at when
/// @param actor who; `nobody` without a token that is known, `system` for the control plane itself
/// @param origin the address it came from; `control plane` for its own
/// @param method of HTTP
/// @param path of the request
/// @param query of the request
/// @param outcome what became of it
/// @param status of HTTP, when it was refused
/// @param reason why it was refused
/// @param override why a limit did not hold, as the person said
/// @param meant whether a large loss was meant
/// @param site whose revision it made
/// @param revision that it made
/// @param changes of each resource kind, name, before and after; absent when nothing changed
public record AuditEntry(
        long id,
        Instant at,
        String actor,
        String origin,
        String method,
        String path,
        @Nullable String query,
        Outcome outcome,
        @Nullable Integer status,
        @Nullable String reason,
        @Nullable String override,
        @Nullable Boolean meant,
        @Nullable String site,
        @Nullable Long revision,
        @JsonRawValue @Nullable String changes) {

    /// What became of a write.
    public enum Outcome {
        /// It changed something.
        DONE,
        /// All was so already.
        UNCHANGED,
        /// Nothing was stored.
        REFUSED
    }
}
