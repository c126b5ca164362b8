package dev.holdfast.control.health;

import dev.holdfast.wire.BackendHealth;
import dev.holdfast.wire.BackendHealth.State;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All that bears on the verdict of one backend.
///
/// @param before the verdict that stands; null when there is none
/// @param checked whether its service has a check
/// @param said by a system outside, and not expired
/// @param quorum of its probers
/// @param falls when it went down, oldest first
record Case(
        @Nullable BackendHealth before,
        boolean checked,
        Optional<Statement> said,
        Optional<Quorum> quorum,
        List<Instant> falls) {

    /// What somebody outside says.
    record Statement(boolean up, String why, String by) {}

    /// The verdict. Pure: it depends on nothing but this and the time.
    ///
    /// Who speaks from outside is believed as long as he asked for. Otherwise the probers are, and
    /// their silence, or disagreement, changes nothing.
    ///
    /// @return null when nobody asks
    @Nullable BackendHealth verdict(Instant now) {
        if (said.isPresent()) {
            Statement one = said.get();
            return become(
                    one.up() ? State.UP : State.DOWN,
                    one.why() + " (said by " + one.by() + ")",
                    now);
        }
        if (!checked) {
            return null;
        }
        if (quorum.isEmpty()) {
            return before == null ? become(State.UNTRIED, "not probed yet", now) : before;
        }
        Quorum agreed = quorum.get();
        State last = before == null ? State.UNTRIED : before.state();
        if (!agreed.up()) {
            // It takes no traffic before its first pass, and is not missed by anybody either.
            return become(last == State.UNTRIED ? State.UNTRIED : State.DOWN, agreed.why(), now);
        }
        if (last == State.DOWN) {
            Optional<FlapDamping.Hold> hold = FlapDamping.hold(falls, now);
            if (hold.isPresent()) {
                return become(State.DOWN, hold.get().why(), now);
            }
        }
        return become(State.UP, agreed.why(), now);
    }

    private BackendHealth become(State state, String why, Instant now) {
        boolean same = before != null && before.state() == state;
        return new BackendHealth(state, why, same ? Objects.requireNonNull(before).since() : now);
    }
}
