package dev.holdfast.agent.program;

import dev.holdfast.netlink.socket.SocketException;
import dev.holdfast.netlink.socket.UnixDatagram;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// systemd, where it started the agent: it is told when the agent is ready and that it lives, and
/// starts one anew that no longer says so. sd_notify(3), sd_watchdog_enabled(3).
final class Systemd {

    private static final System.Logger LOG = System.getLogger(Systemd.class.getName());
    private static final Duration UNWATCHED = Duration.ofDays(1);

    private final @Nullable String socket;
    private final Duration interval;

    private Systemd(@Nullable String socket, Duration interval) {
        this.socket = socket;
        this.interval = interval;
    }

    /// @param environment `NOTIFY_SOCKET` and `WATCHDOG_USEC` are set by systemd
    static Systemd of(Map<String, String> environment) {
        String socket = environment.get("NOTIFY_SOCKET");
        String limit = environment.get("WATCHDOG_USEC");
        return new Systemd(
                socket,
                socket == null || limit == null
                        ? UNWATCHED
                        : Duration.of(Long.parseLong(limit), ChronoUnit.MICROS).dividedBy(2));
    }

    /// How long the agent may say nothing: half of what systemd endures.
    Duration interval() {
        return interval;
    }

    void ready() {
        say("READY=1");
    }

    void alive() {
        if (!interval.equals(UNWATCHED)) {
            say("WATCHDOG=1");
        }
    }

    private void say(String state) {
        if (socket == null) {
            return;
        }
        try {
            UnixDatagram.send(socket, state.getBytes(StandardCharsets.UTF_8));
        } catch (SocketException | IllegalArgumentException e) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "systemd is not told " + state + ": " + e.getMessage());
        }
    }
}
