package dev.holdfast.story;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// What happens while connections go on.
sealed interface Scenario permits LoadBalancerScenario, BackendScenario {

    /// What takes longest comes last.
    static List<Scenario> all() {
        List<Scenario> all = new ArrayList<>(LoadBalancerScenario.BRIEF);
        for (BackendChange change : BackendChange.values()) {
            all.add(new BackendScenario(change, true));
            all.add(new BackendScenario(change, false));
        }
        all.addAll(LoadBalancerScenario.LONG);
        return all;
    }

    /// In the words of the table.
    String what();

    /// @return how long the router went on using a load balancer that was gone, the longest if it
    ///   was several; zero when none was
    Duration play(Stage stage);

    /// Makes the stage what it was, once no connection is left.
    void restore(Stage stage);

    /// Backends whose own connections may end.
    Set<String> gone();

    /// Whether it is played in every check.
    boolean isShort();

    /// Whether backends stay what they are, so that nobody needs a second chance.
    boolean onlyLoadBalancers();
}
