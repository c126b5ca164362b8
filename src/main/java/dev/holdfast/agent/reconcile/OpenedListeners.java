package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.Listener;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/// Remembers which listeners the agent opened, since nothing in the kernel says whose one is
/// (OWNED-ONLY).
///
/// Kept on disk, because listeners outlive the agent, and forgotten with a boot, which they do not
/// outlive. What the disk loses stays open: that costs a port.
public final class OpenedListeners {

    private static final System.Logger LOG = System.getLogger(OpenedListeners.class.getName());
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private final @Nullable Path file;
    private final String boot;
    private final Set<Listener> opened = new TreeSet<>();

    private OpenedListeners(@Nullable Path file, String boot) {
        this.file = file;
        this.boot = boot;
    }

    /// Of this process alone.
    public static OpenedListeners inMemory() {
        return new OpenedListeners(null, "");
    }

    /// Of all agents that ran since this machine was started.
    ///
    /// @param directory of the agent's own data
    public static OpenedListeners in(Path directory) {
        String boot = "unknown";
        try {
            boot = Files.readString(BOOT).strip();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "which boot this is: " + e);
        }
        return in(directory, boot);
    }

    /// @param boot names the time since the machine was started
    static OpenedListeners in(Path directory, String boot) {
        OpenedListeners all = new OpenedListeners(directory.resolve("listeners"), boot);
        all.load();
        return all;
    }

    /// Those of some listeners that the agent opened.
    Set<Listener> among(Set<Listener> some) {
        Set<Listener> ours = new TreeSet<>(some);
        ours.retainAll(opened);
        return ours;
    }

    void opened(Listener listener) {
        if (opened.add(listener)) {
            save();
        }
    }

    void closed(Listener listener) {
        if (opened.remove(listener)) {
            save();
        }
    }

    private void load() {
        if (file == null) {
            return;
        }
        try {
            List<String> lines = Files.readAllLines(file);
            if (!lines.isEmpty() && lines.getFirst().equals(boot)) {
                lines.subList(1, lines.size()).forEach(line -> opened.add(Listener.parse(line)));
            }
        } catch (NoSuchFileException none) {
            // nothing was opened yet
        } catch (IOException | IllegalArgumentException e) {
            opened.clear();
            LOG.log(System.Logger.Level.WARNING, file + ": " + e);
        }
    }

    private void save() {
        if (file == null) {
            return;
        }
        List<String> lines = new ArrayList<>(List.of(boot));
        opened.forEach(listener -> lines.add(listener.text()));
        try {
            Path temporary = file.resolveSibling("listeners.tmp");
            Files.write(temporary, lines);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, file + ": " + e);
        }
    }
}
