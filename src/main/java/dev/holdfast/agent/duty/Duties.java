package dev.holdfast.agent.duty;

import dev.holdfast.agent.reconcile.Outcome;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.wire.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/// All duties of one agent, in the order in which they are to be done before a round; after it they
/// are done the other way round.
public record Duties(List<Duty> all) {

    /// What came of a round.
    ///
    /// @param outcome for tunnels and tables
    /// @param beside what went wrong with the duties
    public record Round(Outcome outcome, List<Failure> beside) {}

    /// One round: what has to be so before, then tunnels and tables, then what may only be so
    /// after.
    ///
    /// @param tables brings the kernel to the state
    public Round round(DesiredState state, Function<DesiredState, Outcome> tables) {
        List<Failure> beside = new ArrayList<>(before(state));
        Outcome outcome = tables.apply(state);
        beside.addAll(after(state, outcome));
        return new Round(outcome, List.copyOf(beside));
    }

    private List<Failure> before(DesiredState next) {
        return each(all, duty -> duty.before(next));
    }

    private List<Failure> after(DesiredState now, Outcome outcome) {
        return each(all.reversed(), duty -> duty.after(now, outcome));
    }

    public void onNews(Runnable wake) {
        all.forEach(duty -> duty.onNews(wake));
    }

    public Findings findings() {
        Findings findings = new Findings();
        all.forEach(duty -> duty.tell(findings));
        return findings;
    }

    /// A duty that breaks is a failure to report and not the end of the agent.
    private static List<Failure> each(List<Duty> duties, Function<Duty, List<Failure>> work) {
        List<Failure> failures = new ArrayList<>();
        for (Duty duty : duties) {
            try {
                failures.addAll(work.apply(duty));
            } catch (RuntimeException e) {
                failures.add(
                        new Failure(duty.getClass().getSimpleName(), "do its duty", e.toString()));
            }
        }
        return failures;
    }
}
