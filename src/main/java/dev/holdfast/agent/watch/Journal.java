package dev.holdfast.agent.watch;

import dev.holdfast.client.UnreadableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What changed since a whole state was written, a line for each change, in the order of changes.
///
/// Its first line names the state that it goes with: a crash may leave one of an older state, which
/// says nothing any more. A crash may also leave half a line at the end, of a change that nobody
/// acted upon yet.
final class Journal {

    private final Path file;

    Journal(Path file) {
        this.file = file;
    }

    /// Adds a change, and comes back when the disk has it.
    ///
    /// @param base checksum of the whole state that the changes go with
    /// @param first whether none was added since that state was written
    /// @return bytes that it took
    int append(String base, byte[] change, boolean first) throws IOException {
        byte[] line = line(change);
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        first ? StandardOpenOption.TRUNCATE_EXISTING : StandardOpenOption.APPEND)) {
            if (first) {
                write(channel, line(head(base)));
            }
            write(channel, line);
            channel.force(true);
        }
        return line.length;
    }

    void remove() throws IOException {
        Files.deleteIfExists(file);
    }

    /// The changes since that state, oldest first.
    ///
    /// @throws IOException when they cannot be read, or the disk damaged one
    List<byte[]> since(String base) throws IOException {
        byte[] all;
        try {
            all = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return List.of();
        }
        List<byte[]> lines = lines(all);
        if (lines.isEmpty() || !Arrays.equals(lines.getFirst(), head(base))) {
            return List.of();
        }
        return lines.subList(1, lines.size());
    }

    /// Those that are whole.
    private List<byte[]> lines(byte[] all) throws UnreadableException {
        List<byte[]> lines = new ArrayList<>();
        int start = 0;
        for (int at = 0; at < all.length; at++) {
            if (all[at] == '\n') {
                lines.add(Seal.opened(Arrays.copyOfRange(all, start, at), file));
                start = at + 1;
            }
        }
        return lines;
    }

    private static byte[] head(String base) {
        return ("{\"since\":\"" + base + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    /// Compact JSON has no line breaks of its own.
    private static byte[] line(byte[] json) {
        byte[] sealed = Seal.sealed(json);
        byte[] line = Arrays.copyOf(sealed, sealed.length + 1);
        line[sealed.length] = '\n';
        return line;
    }

    private static void write(FileChannel channel, byte[] line) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(line);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }
}
