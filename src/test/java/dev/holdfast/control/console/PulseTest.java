package dev.holdfast.control.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.wire.Report;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class PulseTest {

    private static final Instant START = Instant.parse("2026-11-26T12:00:00Z");

    private static final Report NOTHING_COUNTED = report("{}");

    private final Pulse pulse = new Pulse();

    private static Report report(String json) {
        return JsonMapper.shared().readValue(json, Report.class);
    }

    private void reports(String node, int beat, long connections) {
        Report report =
                report(
                        """
                        {"counters": [
                          {"service": "shop", "host": "be1", "connections": %d,
                           "packetsPerSecond": 0, "bytesPerSecond": 0},
                          {"service": "shop", "host": "be2", "connections": 1,
                           "packetsPerSecond": 0, "bytesPerSecond": 0}]}\
                        """
                                .formatted(connections));
        pulse.count("fra1", node, report, at(beat));
    }

    private static Instant at(int beat) {
        return START.plus(Pulse.BEAT.multipliedBy(beat));
    }

    private List<Long> seen(int beat) {
        return pulse.of("fra1", "shop", at(beat));
    }

    @Test
    void eachLoadBalancerCountsOnceInABeat() {
        reports("lb1", 0, 10);
        reports("lb1", 0, 500);
        pulse.count("fra1", "lb2", NOTHING_COUNTED, at(0));
        reports("lb2", 0, 20);
        reports("lb1", 1, 12);

        assertThat(seen(1)).containsExactly(32L);
        assertThat(seen(2)).containsExactly(32L, 13L);
        assertThat(seen(4)).containsExactly(32L, 13L, 0L, 0L);
    }

    @Test
    void theBeatThatGoesOnIsShownOnlyWhileThereIsNoOther() {
        assertThat(seen(0)).isEmpty();
        reports("lb1", 0, 10);
        assertThat(seen(0)).containsExactly(11L);
        reports("lb1", 1, 99);
        assertThat(seen(1)).containsExactly(11L);
    }

    @Test
    void whatIsOldFallsOutAndSoDoServicesThatAreGone() {
        for (int beat = 0; beat < 3 * Pulse.BEATS; beat++) {
            reports("lb1", beat, beat);
        }
        List<Long> sums = seen(3 * Pulse.BEATS);
        assertThat(sums).hasSize(Pulse.BEATS - 1);
        assertThat(sums.getFirst()).isEqualTo(3 * Pulse.BEATS - sums.size() + 1L);
        assertThat(sums.getLast()).isEqualTo(3L * Pulse.BEATS);

        reports("lb1", 10 * Pulse.BEATS, 7);
        assertThat(seen(10 * Pulse.BEATS + 1).getLast()).isEqualTo(8);
        assertThat(seen(10 * Pulse.BEATS + 1).subList(0, Pulse.BEATS - 2)).containsOnly(0L);
        assertThat(seen(20 * Pulse.BEATS)).isEmpty();
        assertThat(pulse.of("fra1", "other", at(3))).isEmpty();
    }

    @Test
    void theLineFillsItsFrame() {
        assertThat(Sparkline.of(List.of())).isNull();
        Sparkline one = Objects.requireNonNull(Sparkline.of(List.of(5L)));
        assertThat(one.path()).isEqualTo("M0.0 4.0 H600");
        Sparkline three = Objects.requireNonNull(Sparkline.of(List.of(0L, 10L, 5L)));
        assertThat(three.path()).isEqualTo("M0.0 76.0 L300.0 4.0 L600.0 40.0");
        assertThat(three.words()).isEqualTo("5 connections now, at most 10 in the last 1 min");
    }
}
