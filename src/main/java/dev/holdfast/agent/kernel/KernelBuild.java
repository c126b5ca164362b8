package dev.holdfast.agent.kernel;

import dev.holdfast.maglev.TableSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/// How the kernel that runs was built, as far as its distribution tells.
///
/// @param root `/`, or another directory in tests
public record KernelBuild(Path root) {

    private static final Pattern TABLE_INDEX =
            Pattern.compile("(?m)^CONFIG_IP_VS_MH_TAB_INDEX=([0-9]{1,2})$");

    /// That of this machine.
    public static KernelBuild here() {
        return new KernelBuild(Path.of("/"));
    }

    /// Such as `6.1.0-56-cloud-amd64`; empty when unknown.
    public Optional<String> release() {
        return read("proc/sys/kernel/osrelease").map(String::strip);
    }

    /// Of its Maglev tables. The kernel does not tell it; its build configuration does, where the
    /// distribution installs that. Empty when it is nowhere to be read.
    public Optional<TableSize> tableSize() {
        return configuration().flatMap(KernelBuild::tableSize);
    }

    private static Optional<TableSize> tableSize(String configuration) {
        Matcher index = TABLE_INDEX.matcher(configuration);
        try {
            return index.find()
                    ? Optional.of(
                            TableSize.ofIndex(Integer.parseInt(String.valueOf(index.group(1)))))
                    : Optional.empty();
        } catch (IllegalArgumentException ofNoKernel) {
            return Optional.empty();
        }
    }

    /// What the kernel says itself comes first: the files are only named like it.
    private Optional<String> configuration() {
        return unpacked("proc/config.gz")
                .or(() -> release().flatMap(name -> read("boot/config-" + name)))
                .or(() -> release().flatMap(name -> read("lib/modules/" + name + "/config")));
    }

    private Optional<String> read(String file) {
        try {
            return Optional.of(Files.readString(root.resolve(file)));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    private Optional<String> unpacked(String file) {
        try (GZIPInputStream text = new GZIPInputStream(Files.newInputStream(root.resolve(file)))) {
            return Optional.of(new String(text.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }
}
