package dev.holdfast.control.desired;

import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What an agent says when it asks for its desired state.
///
/// @param after the revision it has, or 0 when it has none
/// @param epoch that revision's; null when the agent does not say
/// @param patience how long it is willing to wait for news
record Question(long after, @Nullable String epoch, Duration patience) {

    static final int WAIT_SECONDS_MAX = 60;
    private static final int WAIT_SECONDS_DEFAULT = 30;
    private static final Pattern NUMBER = Pattern.compile("0|[1-9][0-9]{0,17}");
    private static final Pattern EPOCH = Pattern.compile("[A-Za-z0-9-]{1,64}");

    /// @throws Refusal (400) that names the parameter
    static Question parse(@Nullable String after, @Nullable String epoch, @Nullable String wait) {
        if (after != null && !NUMBER.matcher(after).matches()) {
            throw invalid("after", after, "a revision: a whole number, 0 for a full state");
        }
        if (epoch != null && !EPOCH.matcher(epoch).matches()) {
            throw invalid("epoch", epoch, "an epoch as a desired state names it");
        }
        if (wait != null
                && (!NUMBER.matcher(wait).matches() || Long.parseLong(wait) > WAIT_SECONDS_MAX)) {
            throw invalid("wait", wait, "whole seconds, 0 to " + WAIT_SECONDS_MAX);
        }
        return new Question(
                after == null ? 0 : Long.parseLong(after),
                epoch,
                Duration.ofSeconds(wait == null ? WAIT_SECONDS_DEFAULT : Long.parseLong(wait)));
    }

    private static Refusal invalid(String field, String found, String expected) {
        return new Refusal(Problem.INVALID, field, found, expected);
    }
}
