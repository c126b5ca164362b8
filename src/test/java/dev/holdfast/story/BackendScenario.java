package dev.holdfast.story;

import dev.holdfast.lab.Machine;
import java.time.Duration;
import java.util.Set;

/// A backend changes, and a load balancer loses power.
///
/// @param first whether the change comes before the loss
record BackendScenario(BackendChange change, boolean first) implements Scenario {

    @Override
    public String what() {
        return first
                ? change.what() + ", then a load balancer loses power"
                : "a load balancer loses power, then " + change.what();
    }

    @Override
    public Times play(Stage stage) {
        Machine lost = stage.loadBalancer(first ? 2 : 3);
        if (first) {
            Duration noticed = change.make(stage);
            return new Times(stage.loseForAWhile(lost), noticed);
        }
        Duration used = stage.lose(lost);
        Duration noticed = change.make(stage);
        stage.pause(2);
        stage.giveBack(lost);
        stage.pause(5);
        return new Times(used, noticed);
    }

    @Override
    public void restore(Stage stage) {
        change.undo(stage);
    }

    @Override
    public Set<String> judged() {
        return change.judged();
    }

    @Override
    public Set<String> gone() {
        return change.gone();
    }

    /// Those that move many connections to where they are not known.
    @Override
    public boolean isShort() {
        return first && (change == BackendChange.JOINS || change == BackendChange.DRAINS);
    }

    @Override
    public boolean onlyLoadBalancers() {
        return false;
    }
}
