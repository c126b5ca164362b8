package dev.holdfast.control.desired;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.springframework.stereotype.Component;

/// How many agents wait, what they were answered, and how long after the commit.
@Component
class PollMeters {

    private final MeterRegistry registry;
    private final AtomicInteger parked = new AtomicInteger();
    private final Timer wakeUp;

    PollMeters(MeterRegistry registry) {
        this.registry = registry;
        registry.gauge("holdfast.poll.parked", parked);
        wakeUp =
                Timer.builder("holdfast.poll.wakeup")
                        .description("From hearing of a commit to handing over an answer")
                        .serviceLevelObjectives(
                                Duration.ofMillis(1),
                                Duration.ofMillis(2),
                                Duration.ofMillis(5),
                                Duration.ofMillis(10),
                                Duration.ofMillis(20),
                                Duration.ofMillis(50),
                                Duration.ofMillis(100),
                                Duration.ofMillis(500))
                        .register(registry);
    }

    void came() {
        parked.incrementAndGet();
    }

    void went() {
        parked.decrementAndGet();
    }

    void answered(Receiver receiver, Verdict verdict) {
        Counter.builder("holdfast.poll.answered")
                .tag("role", receiver.word())
                .tag("result", verdict.name().toLowerCase(Locale.ROOT))
                .register(registry)
                .increment();
    }

    void woke(Stopwatch sinceAsked) {
        wakeUp.record(sinceAsked.elapsed());
    }
}
