package dev.holdfast.control.problem;

/// The few kinds of refusal.
public enum Problem {
    /// The request itself is wrong.
    INVALID("Invalid request"),
    /// The body is larger than any that could be right.
    TOO_LARGE("Body too large"),
    /// There is no such resource.
    NOT_FOUND("Not found"),
    /// It contradicts what others have asked for.
    CONFLICT("Conflict"),
    /// It is well said, and the kernel cannot do it.
    IMPOSSIBLE("Impossible"),
    /// A range has no free address left.
    EXHAUSTED("Range exhausted"),
    /// `If-Match` or `If-None-Match` does not hold.
    PRECONDITION_FAILED("Precondition failed"),
    /// Who asks did not say who he is.
    UNAUTHENTICATED("Unauthenticated"),
    /// Who asks may not.
    FORBIDDEN("Forbidden"),
    /// It cannot be done now; later it may be.
    UNAVAILABLE("Unavailable");

    private final String title;

    Problem(String title) {
        this.title = title;
    }

    public String title() {
        return title;
    }
}
