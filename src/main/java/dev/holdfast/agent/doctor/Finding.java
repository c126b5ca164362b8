package dev.holdfast.agent.doctor;

/// Something about this machine that somebody should know.
///
/// @param what was found
/// @param why it matters
/// @param cure a command, or what to do where no command would be right for everybody
public record Finding(Level level, String what, String why, String cure) {

    /// How bad it is.
    public enum Level {
        /// Traffic is lost, or would be after the next change.
        FAULT,
        /// It may be meant.
        WARNING
    }

    static Finding fault(String what, String why, String cure) {
        return new Finding(Level.FAULT, what, why, cure);
    }

    static Finding warning(String what, String why, String cure) {
        return new Finding(Level.WARNING, what, why, cure);
    }
}
