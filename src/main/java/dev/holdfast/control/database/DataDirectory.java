package dev.holdfast.control.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.springframework.core.env.Environment;

/// Where the control plane keeps what is its own on this machine: `HOLDFAST_DATA_DIR`.
public final class DataDirectory {

    private DataDirectory() {}

    /// The directory, made when it is not there, readable by its owner only.
    public static Path of(Environment environment) {
        Path directory = Path.of(environment.getProperty("holdfast.data-dir", "data"));
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(
                        directory,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            }
            return directory.toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "HOLDFAST_DATA_DIR: cannot make " + directory + " (expected: a directory)", e);
        }
    }

    /// Takes the directory for this process until it ends: two control planes over one embedded
    /// database would each take the other's server for a left-over.
    static FileLock take(Path directory) {
        try {
            FileChannel file =
                    FileChannel.open(
                            directory.resolve("in-use"),
                            StandardOpenOption.CREATE,
                            StandardOpenOption.WRITE);
            FileLock lock = file.tryLock();
            if (lock == null) {
                throw new IllegalStateException(
                        "another control plane runs on "
                                + directory
                                + " (expected: to have it alone; set HOLDFAST_DATA_DIR)");
            }
            return lock;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
