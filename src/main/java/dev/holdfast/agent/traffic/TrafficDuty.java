package dev.holdfast.agent.traffic;

import dev.holdfast.agent.duty.Duty;
import dev.holdfast.agent.duty.Findings;
import dev.holdfast.agent.kernel.KernelException;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.kernel.Traffic;
import dev.holdfast.agent.reconcile.Outcome;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.Report;
import dev.holdfast.wire.ServicePort;
import dev.holdfast.wire.ServiceState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Counts, for each service and host that has any traffic at all.
///
/// Reading all counters costs as much as the site is large, so a new revision does not: only the
/// same state again, which the timer brings, also between revisions that never end.
public final class TrafficDuty implements Duty {

    private record Of(String service, String host) implements Comparable<Of> {
        @Override
        public int compareTo(Of other) {
            int byService = service.compareTo(other.service);
            return byService != 0 ? byService : host.compareTo(other.host);
        }
    }

    private final Meter meter;
    private List<Report.Counters> counters = List.of();
    private @Nullable Long counted;
    private @Nullable NodeDesired last;
    private @Nullable Index index;

    /// The services of a state, which a timer asks for again and again.
    private record Index(NodeDesired node, Map<ServiceKey, ServiceState> services) {

        static Index of(NodeDesired node) {
            Map<ServiceKey, ServiceState> services = new HashMap<>();
            for (ServiceState service : node.services().sorted().values()) {
                for (ServicePort port : service.ports()) {
                    services.put(
                            ServiceKey.at(
                                    service.vip().address(),
                                    Objects.requireNonNull(port.protocol()),
                                    Objects.requireNonNull(port.port())),
                            service);
                }
            }
            return new Index(node, services);
        }
    }

    public TrafficDuty(Meter meter) {
        this.meter = meter;
    }

    @Override
    public List<Failure> after(DesiredState now, Outcome outcome) {
        boolean again = now == last;
        last = now instanceof NodeDesired node ? node : null;
        if (!again || last == null) {
            return List.of();
        }
        try {
            Index known = index != null && index.node() == last ? index : Index.of(last);
            index = known;
            counters = counted(known.services(), meter.read());
            counted = last.revision();
            return List.of();
        } catch (KernelException e) {
            return List.of(new Failure("traffic", "read counters", String.valueOf(e.getMessage())));
        }
    }

    @Override
    public void tell(Findings findings) {
        counters.forEach(findings::counters);
        if (counted != null) {
            findings.countedRevision(counted);
        }
    }

    /// The ports of a service are counted together. What has no name in the state is not ours.
    private static List<Report.Counters> counted(
            Map<ServiceKey, ServiceState> services, List<Traffic> all) {
        Map<Of, Report.Counters> sums = new TreeMap<>();
        for (Traffic one : all) {
            ServiceState service = services.get(one.service());
            if (service == null || one.connections() + one.packetsPerSecond() == 0) {
                continue;
            }
            for (Destination destination : service.destinations()) {
                String host = destination.host();
                if (host != null && destination.address().equals(one.destination().address())) {
                    sums.merge(
                            new Of(service.name(), host),
                            counters(service.name(), host, one),
                            TrafficDuty::sum);
                }
            }
        }
        return List.copyOf(sums.values());
    }

    private static Report.Counters counters(String service, String host, Traffic one) {
        return new Report.Counters(
                service, host, one.connections(), one.packetsPerSecond(), one.bytesPerSecond());
    }

    private static Report.Counters sum(Report.Counters a, Report.Counters b) {
        return new Report.Counters(
                a.service(),
                a.host(),
                a.connections() + b.connections(),
                a.packetsPerSecond() + b.packetsPerSecond(),
                a.bytesPerSecond() + b.bytesPerSecond());
    }
}
