package dev.holdfast.agent.program;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// Holds what only one program on a machine may hold at a time. The kernel lets go of it when the
/// program ends, however it ends.
///
/// @param file must stay open for as long as it is held
record OneAgent(FileChannel file) implements AutoCloseable {

    /// @throws IOException when another program has it
    static OneAgent of(Path dataDirectory) throws IOException {
        Files.createDirectories(dataDirectory);
        Path path = dataDirectory.resolve("lock");
        FileChannel file =
                FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (file.tryLock() != null) {
                return new OneAgent(file);
            }
        } catch (OverlappingFileLockException heldByThisProcess) {
            // The same as if another process had it.
        }
        file.close();
        throw new IOException(
                "an agent runs with data in %s (expected: it is stopped first)"
                        .formatted(dataDirectory));
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
