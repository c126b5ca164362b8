package dev.holdfast.agent.probe;

import dev.holdfast.agent.reconcile.ProbePaths;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.HealthCheck;
import dev.holdfast.wire.ServiceState;
import dev.holdfast.wire.VipAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// What this load balancer is to probe by one state, and what it need not work out again for the
/// next: most changes are of who serves, and change nothing here.
///
/// @param of the state
/// @param checked whether any service has a check
/// @param nanos when it was made; addresses of this machine may have changed since
record Plan(NodeDesired of, Map<Target, Way> targets, boolean checked, long nanos) {

    private static final long FRESH_NANOS = Duration.ofMinutes(1).toNanos();

    /// @param before the plan so far; null when there is none
    /// @return the same targets, not equal ones, when they cannot have changed
    static Plan after(
            @Nullable Plan before,
            NodeDesired next,
            Function<Family, Optional<InetAddress>> source) {
        long now = System.nanoTime();
        if (before != null && now - before.nanos < FRESH_NANOS && !differ(before.of, next)) {
            return new Plan(next, before.targets, before.checked, before.nanos);
        }
        boolean checked =
                next.services().sorted().values().stream()
                        .anyMatch(service -> service.healthCheck() != null);
        return new Plan(next, Map.copyOf(Targets.of(next, source)), checked, now);
    }

    private static boolean differ(NodeDesired from, NodeDesired to) {
        Set<String> services = to.services().differences(from.services());
        return !to.node().address().equals(from.node().address())
                || !to.encapsulation().equals(from.encapsulation())
                || !to.nodes().differences(from.nodes()).isEmpty()
                || !to.hosts().differences(from.hosts()).isEmpty()
                || services.stream()
                        .anyMatch(name ->
                                !Objects.equals(
                                        Look.of(from.services().get(name)),
                                        Look.of(to.services().get(name))))
                || ProbePaths.differ(from, to);
    }

    /// What probes have to do with a service, beside its backends.
    private record Look(VipAddress vip, @Nullable HealthCheck check) {

        static @Nullable Look of(@Nullable ServiceState service) {
            return service == null ? null : new Look(service.vip(), service.healthCheck());
        }
    }
}
