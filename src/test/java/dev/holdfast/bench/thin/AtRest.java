package dev.holdfast.bench.thin;

import dev.holdfast.bench.Landscape;
import dev.holdfast.bench.Table;
import dev.holdfast.lab.Machine;
import dev.holdfast.lab.Output;
import dev.holdfast.lab.Running;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/// What a program costs while it holds a site's services in the kernel.
///
/// @param startSeconds from its start to the last destination
/// @param megabytes of it and its children in memory, each shared page counted once
/// @param millis its time of the processor while nothing happens, in each second
/// @param perChange its time of the processor for one changed weight, beyond that; NaN: not told of
///   any
record AtRest(double startSeconds, double megabytes, double millis, double perChange) {

    /// Changes one weight of what the program holds.
    interface Change {
        void make() throws IOException;
    }

    private static final Duration PATIENCE = Duration.ofMinutes(15);
    private static final int SETTLE_SECONDS = 60;
    private static final int REST_SECONDS = 180;
    private static final double TICK_MILLIS = 10; // USER_HZ is 100
    private static final int CHANGE_SECONDS = 4;

    /// Starts it, waits until the kernel has everything, leaves it alone for some minutes, and then
    /// changes one thing after the other.
    ///
    /// @param services of ten destinations each
    /// @param changes for one who is told of them; none for one who is not
    static AtRest of(Program program, int services, List<Change> changes) throws IOException {
        Machine machine = program.machine();
        long start = System.nanoTime();
        Running running = machine.start("resident", program.command(), program.environment());
        try {
            String whole =
                    "until [ $(ipvsadm -Ln | grep -c Tunnel) -ge %d ]; do kill -0 %d || exit 1; sleep 1; done"
                            .formatted(services * Landscape.BACKENDS, running.pid());
            ask(machine, whole);
            double startSeconds = (System.nanoTime() - start) / 1e9;
            String family = "%1$d $(cat /proc/%1$d/task/%1$d/children)".formatted(running.pid());
            ask(machine, "sleep " + SETTLE_SECONDS);
            long before = ticks(machine, family);
            ask(machine, "sleep " + REST_SECONDS);
            long rested = ticks(machine, family);
            double millis = (rested - before) * TICK_MILLIS / REST_SECONDS;
            for (Change change : changes) {
                change.make();
                ask(machine, "sleep " + CHANGE_SECONDS);
            }
            double changing = (ticks(machine, family) - rested) * TICK_MILLIS / changes.size();
            long kilobytes =
                    sum(
                            machine,
                            "cat $(printf '/proc/%s/smaps_rollup ' " + family + ")",
                            "/^Pss:/ { s += $2 }");
            return new AtRest(
                    startSeconds, kilobytes / 1024.0, millis, changing - millis * CHANGE_SECONDS);
        } catch (IllegalStateException e) {
            throw new IllegalStateException(e.getMessage() + "\n" + running.log(), e);
        } finally {
            running.kill();
        }
    }

    void beside(AtRest other, Table table) {
        row(table, "from its start to the last destination (s)", startSeconds, other.startSeconds);
        row(table, "resident (MB)", megabytes, other.megabytes);
        row(table, "processor at rest (ms in a second)", millis, other.millis);
    }

    void of(int services, Table table) {
        table.row("of %,d services".formatted(services), megabytes, millis, perChange);
    }

    private static void row(Table table, String what, double one, double other) {
        table.row(what, one, other, other == 0 ? "-" : one / other);
    }

    /// User and system time of all its processes: proc(5), fields 14 and 15 of `stat`.
    private static long ticks(Machine machine, String family) {
        String stat = "cat $(printf '/proc/%s/stat ' " + family + ") | sed 's/.*) //'";
        return sum(machine, stat, "{ s += $12 + $13 }");
    }

    private static long sum(Machine machine, String lines, String add) {
        String script = lines + " | awk '" + add + " END { print s + 0 }'";
        return Long.parseLong(ask(machine, script).strip());
    }

    private static String ask(Machine machine, String script) {
        Output output = machine.run(script, PATIENCE);
        if (!output.ok()) {
            throw new IllegalStateException(script + ": " + output);
        }
        return output.out();
    }
}
