package dev.holdfast.wire;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Steps that a migration takes by itself, while nothing is out of bounds.
///
/// @param service read-only, from the path
/// @param steps 1 to 20, each further than the one before
/// @param paused whether a person holds it; left out: false
/// @param state read-only
/// @param since read-only: when it took its last step, or was let run
/// @param why read-only: what it waits for, or why it halted; absent when there is nothing to say
public record MigrationSchedule(
        @Nullable String service,
        @Nullable List<ScheduleStep> steps,
        @Nullable Boolean paused,
        @Nullable State state,
        @Nullable Instant since,
        @Nullable String why) {

    /// How it stands.
    public enum State {
        RUNNING,
        /// A person holds it, or changed the migration by hand.
        PAUSED,
        /// It went back one step and waits for a person.
        HALTED,
        /// It has taken all steps and soaked the last.
        DONE
    }
}
