package dev.holdfast.agent.kernel;

/// A step the kernel did not take.
///
/// @param kind whether our picture of the kernel was wrong
/// @param error errno name and the kernel's own text
public record Refusal(Step step, Kind kind, String error) {

    /// What a refusal says about our picture.
    public enum Kind {
        /// EEXIST, ENOENT, ESRCH: it was not as we thought. Look again.
        STALE,
        /// Anything else.
        REFUSED
    }
}
