package dev.holdfast.lab;

import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;

/// A program that runs on a machine, in a process group of its own. Its output is kept in a file in
/// the machine's directory, one for all starts of a program of that name.
public final class Running {
    static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Machine machine;
    private final String program;
    private final long pid;

    private Running(Machine machine, String program, long pid) {
        this.machine = machine;
        this.program = program;
        this.pid = pid;
    }

    static Running start(
            Machine machine, String program, String command, Map<String, String> environment) {
        String variables =
                environment.entrySet().stream()
                        .map(e -> "export " + e.getKey() + "=" + Shell.quoted(e.getValue()) + "\n")
                        .collect(Collectors.joining());
        // Whoever kills it at once must find its group, which is there a moment later.
        String pid =
                machine.sh(
                        """
                        cd %s
                        %ssetsid %s >>%s 2>&1 </dev/null &
                        until kill -0 -$! || ! kill -0 $!; do sleep 0.01; done 2>/dev/null
                        echo $!\
                        """
                                .formatted(
                                        machine.directory(),
                                        variables,
                                        command,
                                        machine.directory() + "/" + program + ".log"));
        return new Running(machine, program, Long.parseLong(pid.strip()));
    }

    /// Asks it to end, and waits until it has.
    public void stop() {
        signal("TERM");
        awaitEnd();
    }

    /// Ends it as a crash would: kill -9 for it and all its children.
    public void kill() {
        signal("KILL");
        awaitEnd();
    }

    /// It stays, and does nothing.
    public void freeze() {
        signal("STOP");
    }

    public void thaw() {
        signal("CONT");
    }

    public boolean isAlive() {
        return machine.run("kill -0 " + pid, PATIENCE).ok();
    }

    public String program() {
        return program;
    }

    public long pid() {
        return pid;
    }

    /// Everything it has said so far, earlier runs included.
    public String log() {
        return machine.read(program + ".log");
    }

    /// Waits until it has said a line that holds this text.
    public void awaitLine(String text) {
        String log = machine.directory() + "/" + program + ".log";
        Output output =
                machine.run(
                        "until grep -qF -- %s %s; do kill -0 %d || exit 1; sleep 0.2; done"
                                .formatted(Shell.quoted(text), log, pid),
                        PATIENCE);
        if (!output.ok()) {
            throw new IllegalStateException(
                    "%s on %s: no line with \"%s\" (expected: within %s); it said:\n%s"
                            .formatted(program, machine, text, PATIENCE, log()));
        }
    }

    /// Waits until it has ended by itself.
    public void awaitEnd() {
        Output output =
                machine.run("while kill -0 " + pid + " 2>/dev/null; do sleep 0.05; done", PATIENCE);
        if (!output.ok()) {
            throw new IllegalStateException(
                    program + " on " + machine + ": still alive (expected: ended by now)");
        }
    }

    private void signal(String name) {
        machine.sh("kill -" + name + " -" + pid);
    }

    @Override
    public String toString() {
        return program + " on " + machine;
    }
}
