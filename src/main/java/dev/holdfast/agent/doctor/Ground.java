package dev.holdfast.agent.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The files of a machine.
///
/// @param root `/`, or another directory in tests
record Ground(Path root) {

    /// What stands in a file, without spaces at its ends; empty when it cannot be read.
    Optional<String> read(String file) {
        try {
            return Optional.of(Files.readString(root.resolve(file)).strip());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    boolean has(String file) {
        return Files.exists(root.resolve(file));
    }

    /// Of the kernel, such as `6.1.0-56-cloud-amd64`; empty when unknown.
    String release() {
        return read("proc/sys/kernel/osrelease").orElse("");
    }
}
