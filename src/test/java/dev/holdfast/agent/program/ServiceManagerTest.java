package dev.holdfast.agent.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ServiceManagerTest {

    @Test
    void theAgentSpeaksTwiceInTheTimeThatSystemdEndures() {
        ServiceManager manager =
                ServiceManager.of(Map.of("NOTIFY_SOCKET", "@nobody", "WATCHDOG_USEC", "180000000"));

        assertThat(manager.interval()).isEqualTo(Duration.ofSeconds(90));
    }

    /// A manager that is gone is no reason to stop.
    @Test
    void nobodyWhoListensIsNoError() {
        ServiceManager manager =
                ServiceManager.of(Map.of("NOTIFY_SOCKET", "@holdfast-test-nobody-is-here"));

        manager.ready();
        assertThat(manager.interval()).isGreaterThan(Duration.ofHours(1));
    }
}
