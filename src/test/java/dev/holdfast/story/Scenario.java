package dev.holdfast.story;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/// What happens while connections go on.
sealed interface Scenario permits LoadBalancerScenario, BackendScenario {

    static List<Scenario> all() {
        return Stream.<Scenario>concat(
                        LoadBalancerScenario.ALL.stream(),
                        Arrays.stream(BackendChange.values())
                                .flatMap(change ->
                                        Stream.of(
                                                new BackendScenario(change, true),
                                                new BackendScenario(change, false))))
                .toList();
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
