package dev.holdfast.agent.probe;

import org.jspecify.annotations.Nullable;

/// What came of one probe.
///
/// @param why of a failure; what else is worth knowing of a pass
record Result(boolean passed, @Nullable String why) {

    static Result pass() {
        return new Result(true, null);
    }

    static Result pass(@Nullable String note) {
        return new Result(true, note);
    }

    static Result fail(String why) {
        return new Result(false, why);
    }
}
