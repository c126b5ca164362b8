package dev.holdfast.agent.kernel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// Kernel modules, by way of `modprobe` (8).
final class Modules {

    private static final int SECONDS_MAX = 20;

    /// Loaded by us, or built into the kernel, which `/sys/module` does not always tell.
    private final Set<String> loaded = new HashSet<>();

    Set<String> present(Set<String> names) {
        Set<String> present = new HashSet<>();
        for (String name : names) {
            if (loaded.contains(name) || Files.isDirectory(Path.of("/sys/module", name))) {
                present.add(name);
            }
        }
        return present;
    }

    void load(String name) throws IOException {
        Process modprobe =
                new ProcessBuilder("modprobe", "--", name).redirectErrorStream(true).start();
        modprobe.getOutputStream().close();
        try {
            String said =
                    new String(modprobe.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (!modprobe.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
                throw new IOException("modprobe " + name + ": no end after " + SECONDS_MAX + " s");
            }
            if (modprobe.exitValue() != 0) {
                throw new IOException("modprobe " + name + ": " + said.strip());
            }
            loaded.add(name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("modprobe " + name + ": interrupted", e);
        }
    }
}
