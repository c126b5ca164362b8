package dev.holdfast.agent.filter;

import dev.holdfast.agent.duty.Duty;
import dev.holdfast.agent.duty.Findings;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.ServiceState;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Keeps the packet filter of a load balancer as the desired state has it: before tables change, so
/// that a service that comes is let in from its first packet, and one that goes is shut first.
///
/// A revision that changes nothing of what the filter needs to know costs no look at it. The same
/// state again, which the timer brings, is looked at whole.
public final class FilterDuty implements Duty {
    private final PacketFilter filter;
    private final Map<String, Long> repaired = new TreeMap<>();
    private @Nullable NodeDesired kept;
    private @Nullable Ruled ruled;

    /// The rules of a state, which a timer asks for again and again.
    private record Ruled(NodeDesired node, FilterRules rules) {

        static Ruled of(NodeDesired node) {
            List<ServiceState> services = List.copyOf(node.services().sorted().values());
            return new Ruled(node, FilterRules.of(node.vipRanges(), services));
        }
    }

    public FilterDuty(PacketFilter filter) {
        this.filter = filter;
    }

    @Override
    public List<Failure> before(DesiredState next) {
        if (!(next instanceof NodeDesired node)) {
            return List.of();
        }
        NodeDesired before = kept;
        boolean settled = before != null && before != node && sameRules(before, node);
        List<Failure> failures = settled ? List.of() : ensure(node);
        kept = failures.isEmpty() ? node : null;
        return failures;
    }

    @Override
    public void tell(Findings findings) {
        repaired.forEach(findings::repaired);
    }

    private List<Failure> ensure(NodeDesired node) {
        FilterOutcome outcome;
        try {
            Ruled now = ruled != null && ruled.node() == node ? ruled : Ruled.of(node);
            ruled = now;
            outcome = filter.ensure(now.rules());
        } catch (IllegalArgumentException e) {
            return List.of(new Failure("packet filter", "plan", String.valueOf(e.getMessage())));
        }
        return switch (outcome) {
            case FilterOutcome.Refused(Failure failure) -> List.of(failure);
            case FilterOutcome.Applied _, FilterOutcome.Unchanged _ -> List.of();
            case FilterOutcome.Repaired(Map<String, Long> kinds) -> {
                kinds.forEach((kind, count) -> repaired.merge(kind, count, Long::sum));
                yield List.of();
            }
        };
    }

    /// Looks no further than what differs, so that the cost of a change does not grow with the
    /// site.
    private static boolean sameRules(NodeDesired before, NodeDesired now) {
        return before.vipRanges().equals(now.vipRanges())
                && now.services().differences(before.services()).stream()
                        .allMatch(name ->
                                Objects.equals(filtered(before, name), filtered(now, name)));
    }

    private static @Nullable FilteredService filtered(NodeDesired node, String name) {
        ServiceState service = node.services().get(name);
        return service == null ? null : FilteredService.of(service);
    }
}
