package dev.holdfast.lab;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/// The lab's kernel: one guest, booted when it is first asked for and shared by everything in this
/// JVM. Its file system is this machine's, as it was when the guest read it, with its own writes in
/// memory.
public final class Guest {
    /// The host's 127.0.0.1 as the guest and every namespace of a data centre see it.
    public static final String HOST_ADDRESS = "10.0.2.2";

    /// Where everything the lab leaves behind for a person is found.
    public static final Path LEFT_BEHIND = Path.of("target", "lab");

    private static final Duration USUAL_LIMIT = Duration.ofSeconds(60);
    private static @Nullable Guest shared;
    private static @Nullable String bootFailure;

    private final CommandChannel commands;
    private final List<DataCentre> dataCentres = new CopyOnWriteArrayList<>();

    private Guest(CommandChannel commands) {
        this.commands = commands;
    }

    /// Boots it on the first call, which takes about six seconds. A guest that once did not boot is
    /// not tried again: every test then fails at once with the same reason.
    public static synchronized Guest shared() {
        if (bootFailure != null) {
            throw new IllegalStateException(bootFailure);
        }
        if (shared == null) {
            try {
                shared = new Guest(Boot.boot(console()));
            } catch (IOException | IllegalStateException e) {
                bootFailure = "the guest does not boot: " + e.getMessage();
                throw new IllegalStateException(bootFailure, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the guest booted", e);
            }
        }
        return shared;
    }

    /// What the guest's kernel wrote on its serial console.
    public static Path console() {
        return LEFT_BEHIND.resolve("console.log");
    }

    /// Runs a script in the root namespace that has to succeed; gives its standard output.
    public String sh(String script) {
        return run(script).orThrow("the root namespace", script);
    }

    /// Runs a script in the root namespace that may fail.
    public Output run(String script) {
        return run("-", script, USUAL_LIMIT);
    }

    /// Those that are built and not torn down.
    List<DataCentre> dataCentres() {
        return dataCentres;
    }

    /// The same, without booting a guest to find out.
    static synchronized List<DataCentre> dataCentresBuilt() {
        return shared == null ? List.of() : shared.dataCentres;
    }

    Output runIn(String namespace, String script) {
        return run(namespace, script, USUAL_LIMIT);
    }

    String shIn(String namespace, String script) {
        return runIn(namespace, script).orThrow(namespace, script);
    }

    /// Runs a script in a network namespace; one that takes longer than `limit` is killed.
    Output run(String namespace, String script, Duration limit) {
        try {
            return commands.run(namespace, script, limit);
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "the guest no longer answers; its last words are in " + console(), e);
        }
    }
}
