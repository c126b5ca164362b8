package dev.holdfast.agent.chance;

import dev.holdfast.agent.duty.Duty;
import dev.holdfast.agent.duty.Findings;
import dev.holdfast.agent.kernel.KernelException;
import dev.holdfast.agent.kernel.ServiceKey;
import dev.holdfast.agent.reconcile.Outcome;
import dev.holdfast.agent.reconcile.SecondChance;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.agent.watch.HostDesired;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.Report;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// Counts the packets that this host sent on, for each service: what IPVS took by the mark of one
/// of its hops.
///
/// The kernel counts for as long as the mark has a table; this goes on counting when one goes and
/// comes back.
public final class ChanceCounters implements Duty {

    /// Where counters are read.
    @FunctionalInterface
    public interface Meter {

        /// Packets that each service of IPVS took since it was made.
        Map<ServiceKey, Long> packets() throws KernelException;
    }

    private final Meter meter;
    private Map<ServiceKey, Long> last = Map.of();
    private final Map<String, Long> sums = new TreeMap<>();

    public ChanceCounters(Meter meter) {
        this.meter = meter;
    }

    @Override
    public List<Failure> after(DesiredState now, Outcome outcome) {
        if (!(now instanceof HostDesired host)) {
            return List.of();
        }
        try {
            count(SecondChance.of(host));
            sums.keySet().removeIf(name -> host.services().get(name) == null);
            return List.of();
        } catch (KernelException e) {
            return List.of(
                    new Failure("second chance", "read counters", String.valueOf(e.getMessage())));
        }
    }

    private void count(List<SecondChance> chances) throws KernelException {
        if (chances.isEmpty()) {
            last = Map.of();
            return;
        }
        Map<ServiceKey, Long> packets = meter.packets();
        Map<ServiceKey, Long> seen = new HashMap<>();
        for (SecondChance one : chances) {
            ServiceKey key = one.key();
            long count = packets.getOrDefault(key, 0L);
            long before = last.getOrDefault(key, 0L);
            // One that was made again counts from 0.
            sums.merge(one.service(), count >= before ? count - before : count, Long::sum);
            seen.put(key, count);
        }
        last = seen;
    }

    @Override
    public void tell(Findings findings) {
        sums.forEach((service, packets) -> findings.chances(new Report.Chances(service, packets)));
    }
}
