package dev.holdfast.agent.duty;

import dev.holdfast.agent.reconcile.Outcome;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.wire.Failure;
import java.util.List;

/// Something an agent keeps in step with the desired state beside tunnels and tables.
///
/// All of it is called by the one thread that runs rounds, in every round, whether the state is new
/// or not. So it needs no locks, must not wait for long, and mends what drifted. What goes wrong is
/// returned and never thrown: the other duties go on.
public interface Duty {

    /// What has to be so before tables change: rules for a service that comes are there first, a
    /// VIP that goes is withdrawn first (MAKE-BEFORE-BREAK).
    default List<Failure> before(DesiredState next) {
        return List.of();
    }

    /// What may only be so once tables have changed.
    ///
    /// @param outcome of the round that changed them
    default List<Failure> after(DesiredState now, Outcome outcome) {
        return List.of();
    }

    /// Says whom to call, from any thread, when there is something to tell before the next round.
    default void onNews(Runnable wake) {}

    /// Adds to a report what was seen and done.
    default void tell(Findings findings) {}
}
