package dev.holdfast.story;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What happens while connections go on.
sealed interface Scenario permits LoadBalancerScenario, BackendScenario, RebootScenario {

    /// What takes longest comes last.
    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>(LoadBalancerScenario.BRIEF);
        for (BackendChange change : BackendChange.values()) {
            all.add(new BackendScenario(change, true));
            all.add(new BackendScenario(change, false));
        }
        all.add(new RebootScenario());
        all.addAll(LoadBalancerScenario.LONG);
        return all;
    }

    /// In the words of the table.
    String what();

    Times play(Stage stage);

    /// How long it took until the loss was noticed; zero where nothing was lost.
    ///
    /// @param used until the router no longer used a load balancer that was gone, the longest if it
    ///   was several
    /// @param judged until health checks had found a backend down
    record Times(Duration used, Duration judged) {}

    /// Makes the stage what it was, once no connection is left.
    void restore(Stage stage);

    /// Backends whose own connections end, all of them.
    Set<String> gone();

    /// Backends that health checks are meant to give a verdict on.
    Set<String> judged();

    /// Whether it is played in every check.
    boolean isShort();

    /// Whether backends stay what they are, so that nobody needs a second chance.
    boolean onlyLoadBalancers();
}
