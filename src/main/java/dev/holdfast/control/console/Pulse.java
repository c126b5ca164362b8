package dev.holdfast.control.console;

import dev.holdfast.control.access.AgentRole;
import dev.holdfast.control.observed.ReportListener;
import dev.holdfast.wire.Report;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Component;

/// Connections of each service over the last half hour, as load balancers reported them to this
/// process. In memory: it begins anew when the process does.
///
/// Time is cut into beats. Of each load balancer the first report in a beat that has counters
/// counts, so that a sum holds each of them once.
@Component
class Pulse implements ReportListener {

    /// Longer than agents wait between two reports.
    static final Duration BEAT = Duration.ofSeconds(30);

    static final int BEATS = 60;

    private final Map<Where, Long> lastBeat = new HashMap<>();
    private final Map<Where, Ring> rings = new HashMap<>();
    private final Clock clock = Clock.systemUTC();
    private long cleaned;

    @Override
    public void heard(String site, AgentRole role, String name, Report report) {
        if (role == AgentRole.NODE) {
            count(site, name, report, clock.instant());
        }
    }

    synchronized void count(String site, String node, Report report, Instant at) {
        List<Report.Counters> counters =
                Objects.requireNonNullElse(report.counters(), List.<Report.Counters>of());
        long beat = beat(at);
        Where from = new Where(site, node);
        if (counters.isEmpty() || lastBeat.getOrDefault(from, beat - 1) >= beat) {
            return;
        }
        lastBeat.put(from, beat);
        for (Report.Counters one : counters) {
            rings.computeIfAbsent(new Where(site, one.service()), _ -> new Ring())
                    .add(beat, one.connections());
        }
        if (beat > cleaned) {
            cleaned = beat;
            rings.values().removeIf(ring -> ring.last <= beat - BEATS);
            lastBeat.values().removeIf(last -> last <= beat - BEATS);
        }
    }

    /// The sums of the last beats, oldest first. The one that goes on is left out, since not all
    /// load balancers have reported in it, unless there is no other.
    ///
    /// @return empty when nobody reported anything
    List<Long> of(String site, String service) {
        return of(site, service, clock.instant());
    }

    synchronized List<Long> of(String site, String service, Instant now) {
        Ring ring = rings.get(new Where(site, service));
        long beat = beat(now);
        if (ring == null || ring.last <= beat - BEATS) {
            return List.of();
        }
        return ring.upTo(ring.first == beat ? beat : beat - 1);
    }

    private static long beat(Instant at) {
        return at.getEpochSecond() / BEAT.toSeconds();
    }

    /// A name in a site: of a load balancer, or of a service.
    private record Where(String site, String name) {}

    /// The last beats of one service.
    private static final class Ring {

        private final long[] sums = new long[BEATS];
        private long first = -1;
        private long last = -1;

        private void add(long beat, long connections) {
            if (first < 0) {
                first = beat;
                last = beat;
            }
            while (last < beat) {
                if (beat - last > BEATS) {
                    Arrays.fill(sums, 0);
                    last = beat - 1;
                }
                last++;
                sums[(int) (last % BEATS)] = 0;
            }
            sums[(int) (beat % BEATS)] += connections;
        }

        private List<Long> upTo(long newest) {
            List<Long> found = new ArrayList<>();
            for (long beat = Math.max(first, newest - BEATS + 2); beat <= newest; beat++) {
                found.add(beat > last || beat <= last - BEATS ? 0 : sums[(int) (beat % BEATS)]);
            }
            return found;
        }
    }
}
