package dev.holdfast.agent.announce;

import dev.holdfast.wire.Failure;

/// BIRD could not be asked, or said no.
final class BirdException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String operation;

    /// @param operation such as `birdc configure`
    /// @param why what was, and what was expected
    BirdException(String operation, String why) {
        super(why);
        this.operation = operation;
    }

    Failure failure() {
        return new Failure(Failure.BIRD, operation, String.valueOf(getMessage()));
    }
}
