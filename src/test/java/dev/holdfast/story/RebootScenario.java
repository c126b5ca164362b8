package dev.holdfast.story;

import java.time.Duration;
import java.util.Set;

/// A load balancer reboots while a backend drains: what was moved before the reboot must not depend
/// on what the rebooted machine remembers.
record RebootScenario() implements Scenario {

    @Override
    public String what() {
        return "a backend drains, and meanwhile a load balancer reboots";
    }

    @Override
    public Times play(Stage stage) {
        BackendChange.DRAINS.make(stage);
        return new Times(stage.reboot(stage.loadBalancer(2)), Duration.ZERO);
    }

    @Override
    public void restore(Stage stage) {
        BackendChange.DRAINS.undo(stage);
    }

    @Override
    public Set<String> judged() {
        return Set.of();
    }

    @Override
    public Set<String> gone() {
        return Set.of();
    }

    @Override
    public boolean isShort() {
        return false;
    }

    @Override
    public boolean onlyLoadBalancers() {
        return false;
    }
}
