package dev.holdfast.story;

import dev.holdfast.lab.Machine;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/// What happens to load balancers and to those who steer them, while backends stay what they are.
///
/// @param isShort whether it is played in every check
record LoadBalancerScenario(boolean isShort, String what, Function<Stage, Duration> plot)
        implements Scenario {

    private static final boolean EVERY_TIME = true;
    private static final boolean IN_FULL = false;

    static final List<LoadBalancerScenario> BRIEF =
            List.of(
                    new LoadBalancerScenario(
                            IN_FULL,
                            "kill -9 of an agent, started again",
                            stage -> {
                                stage.fleet().agent(stage.loadBalancer(2)).kill();
                                stage.pause(3);
                                stage.fleet().start(stage.loadBalancer(2));
                                stage.fleet().awaitLive();
                                return Duration.ZERO;
                            }),
                    new LoadBalancerScenario(
                            EVERY_TIME,
                            "kill -9 of a BIRD, started again",
                            stage -> {
                                Machine machine = stage.loadBalancer(2);
                                stage.uplinks().bird(machine).kill();
                                Duration used = stage.uplinks().stillUsed(machine);
                                stage.pause(2);
                                stage.uplinks().start(machine);
                                stage.everyoneAnnounces();
                                return used;
                            }),
                    new LoadBalancerScenario(
                            IN_FULL,
                            "agent and BIRD of a load balancer frozen, and thawed",
                            stage -> {
                                Machine machine = stage.loadBalancer(3);
                                stage.fleet().agent(machine).freeze();
                                stage.uplinks().bird(machine).freeze();
                                Duration used = stage.uplinks().stillUsed(machine);
                                stage.pause(3);
                                stage.uplinks().bird(machine).thaw();
                                stage.fleet().agent(machine).thaw();
                                stage.everyoneAnnounces();
                                return used;
                            }),
                    new LoadBalancerScenario(
                            IN_FULL,
                            "a load balancer's cable pulled, and plugged in again",
                            stage -> {
                                Machine machine = stage.loadBalancer(1);
                                machine.unplug();
                                Duration used = stage.uplinks().stillUsed(machine);
                                stage.pause(3);
                                machine.plug();
                                stage.everyoneAnnounces();
                                return used;
                            }),
                    new LoadBalancerScenario(
                            EVERY_TIME,
                            "a load balancer without power, and back",
                            stage -> stage.loseForAWhile(stage.loadBalancer(1))),
                    new LoadBalancerScenario(
                            EVERY_TIME,
                            "a load balancer in maintenance, and back",
                            stage -> stage.maintain(stage.loadBalancer(3), _ -> {})),
                    new LoadBalancerScenario(
                            EVERY_TIME,
                            "no control plane, and a load balancer without power",
                            stage -> {
                                stage.machines().forEach(Machine::cutOffControlPlane);
                                Duration used = stage.loseForAWhile(stage.loadBalancer(2));
                                stage.machines().forEach(Machine::restoreControlPlane);
                                return used;
                            }),
                    new LoadBalancerScenario(
                            IN_FULL,
                            "PostgreSQL crashes again and again, and a load balancer without power",
                            stage -> {
                                try (Crashes crashes = Crashes.ofPostgres()) {
                                    Duration used = stage.loseForAWhile(stage.loadBalancer(3));
                                    crashes.awaitAtLeast(3);
                                    return used;
                                }
                            }));

    /// They start several agents, which takes an emulated machine minutes.
    static final List<LoadBalancerScenario> LONG =
            List.of(
                    new LoadBalancerScenario(
                            IN_FULL,
                            "a load balancer without power, which comes back with an empty kernel",
                            stage -> stage.reboot(stage.loadBalancer(2))),
                    new LoadBalancerScenario(
                            IN_FULL,
                            "maintenance of every load balancer in turn, its agent restarted",
                            stage ->
                                    stage.inTurn(machine ->
                                            stage.maintain(machine, stage.fleet()::restart))),
                    new LoadBalancerScenario(
                            IN_FULL,
                            "the agents of all machines stopped and started, one after the other",
                            stage -> {
                                stage.machines().forEach(stage.fleet()::restart);
                                stage.fleet().awaitLive();
                                return Duration.ZERO;
                            }),
                    new LoadBalancerScenario(
                            IN_FULL,
                            "every load balancer replaced by a new machine of its name, one after the other",
                            stage ->
                                    stage.inTurn(
                                            machine -> stage.maintain(machine, stage::replace))));

    @Override
    public Times play(Stage stage) {
        return new Times(plot.apply(stage), Duration.ZERO);
    }

    @Override
    public void restore(Stage stage) {
        // It ends as it began.
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
    public boolean onlyLoadBalancers() {
        return true;
    }
}
