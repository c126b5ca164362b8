package dev.holdfast.agent.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SystemdTest {

    @Test
    void theAgentSpeaksTwiceInTheTimeThatSystemdEndures() {
        Systemd systemd =
                Systemd.of(Map.of("NOTIFY_SOCKET", "@nobody", "WATCHDOG_USEC", "180000000"));

        assertThat(systemd.interval()).isEqualTo(Duration.ofSeconds(90));
    }

    /// A systemd that is gone is no reason to stop.
    @Test
    void nobodyWhoListensIsNoError() {
        Systemd systemd = Systemd.of(Map.of("NOTIFY_SOCKET", "@holdfast-test-nobody-is-here"));

        systemd.ready();
        assertThat(systemd.interval()).isGreaterThan(Duration.ofHours(1));
    }
}
