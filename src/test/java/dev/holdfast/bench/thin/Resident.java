package dev.holdfast.bench.thin;

import dev.holdfast.lab.Machine;
import dev.holdfast.lab.Output;
import dev.holdfast.lab.Running;
import java.time.Duration;
import java.util.Map;

/// A program of the guest that holds a site's services in the kernel.
final class Resident {

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int SETTLE_SECONDS = 60;
    private static final int REST_SECONDS = 180;

    private final Machine machine;
    private final Running program;
    private final double startSeconds;

    /// Starts it, and waits until the kernel has them all.
    ///
    /// @param destinations that it is to make
    Resident(Machine machine, String command, Map<String, String> environment, int destinations) {
        this.machine = machine;
        machine.sysctl("net.ipv4.vs.sloppy_tcp", "0"); // IPVS is there for both
        long start = System.nanoTime();
        program = machine.start("resident", command, environment);
        must(
                "until [ $(ipvsadm -Ln | grep -c 'Tunnel') -ge %d ]; do kill -0 %d || exit 1; sleep 1; done"
                        .formatted(destinations, program.pid()));
        startSeconds = (System.nanoTime() - start) / 1e9;
    }

    /// From its start to the last destination.
    double startSeconds() {
        return startSeconds;
    }

    /// Its time of the processor while nothing happens, as milliseconds in each second.
    double restingMillis() {
        pause(SETTLE_SECONDS);
        long before = ticks();
        pause(REST_SECONDS);
        return (ticks() - before) * 10.0 / REST_SECONDS; // USER_HZ is 100: a tick is 10 ms
    }

    /// What of it and its children is in memory, each shared page counted once.
    double megabytes() {
        String sum = "cat $(printf '/proc/%s/smaps_rollup ' " + family() + ") | grep '^Pss:'";
        return must(sum + " | awk '{ s += $2 } END { print s }'") / 1024.0;
    }

    /// User and system time of all its processes: proc(5), fields 14 and 15.
    private long ticks() {
        String sum = "cat $(printf '/proc/%s/stat ' " + family() + ")";
        return must(sum + " | sed 's/.*) //' | awk '{ s += $12 + $13 } END { print s }'");
    }

    private String family() {
        return "%1$d $(pgrep -P %1$d)".formatted(program.pid());
    }

    private void pause(int seconds) {
        must("sleep " + seconds);
    }

    private long must(String script) {
        Output output = machine.run(script, PATIENCE);
        if (!output.ok()) {
            throw new IllegalStateException(script + ": " + output + "\n" + program.log());
        }
        return output.out().isBlank() ? 0 : Long.parseLong(output.out().strip());
    }

    void stop() {
        program.stop();
    }
}
