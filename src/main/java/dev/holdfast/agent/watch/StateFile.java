package dev.holdfast.agent.watch;

import dev.holdfast.client.UnreadableException;
import dev.holdfast.wire.Digest;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;

/// The last accepted desired state on disk, so that the agent starts without a control plane.
///
/// A crash at any moment leaves the state before or the state after, whole. It ends in a checksum:
/// what the disk damaged is not believed.
public final class StateFile {

    private static final String CHECKSUM = ",\"checksum\":\"";

    private final Path directory;
    private final Path file;

    public StateFile(Path directory) {
        this.directory = directory;
        this.file = directory.resolve("desired-state.json");
    }

    public void save(DesiredState state) throws IOException {
        Files.createDirectories(directory);
        Path temporary = directory.resolve("desired-state.tmp");
        try (FileChannel channel =
                FileChannel.open(
                        temporary,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(seal(state.toJson()));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true); // the rename itself
        }
    }

    /// The last state of a load balancer.
    ///
    /// @return empty when there is none yet
    /// @throws IOException when there is one that cannot be used; the message says why
    public Optional<NodeDesired> loadNode() throws IOException {
        Optional<byte[]> json = load();
        return json.isEmpty()
                ? Optional.empty()
                : Optional.of(proven(NodeDesired.full(json.get())));
    }

    /// The last state of a backend host; see [#loadNode].
    public Optional<HostDesired> loadHost() throws IOException {
        Optional<byte[]> json = load();
        return json.isEmpty()
                ? Optional.empty()
                : Optional.of(proven(HostDesired.full(json.get())));
    }

    private <T extends DesiredState> T proven(T state) throws UnreadableException {
        if (!state.digest().equals(state.head().digest())) {
            throw new UnreadableException(
                    file
                            + ": digest "
                            + state.digest()
                            + " (expected: "
                            + state.head().digest()
                            + ")");
        }
        return state;
    }

    private Optional<byte[]> load() throws IOException {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        // One byte is one char in this charset, so positions are the same in both.
        int mark = new String(bytes, StandardCharsets.ISO_8859_1).lastIndexOf(CHECKSUM);
        byte[] body = new byte[Math.max(mark, 0) + 1];
        System.arraycopy(bytes, 0, body, 0, body.length - 1);
        body[body.length - 1] = '}';
        if (mark < 0 || !Arrays.equals(seal(body), bytes)) {
            throw new UnreadableException(
                    file
                            + ": damaged (expected: "
                            + bytes.length
                            + " bytes that match their checksum)");
        }
        return Optional.of(body);
    }

    private static byte[] seal(byte[] json) {
        Digest sum = Digest.ofResource("state", "", json);
        byte[] tail = (CHECKSUM + sum + "\"}").getBytes(StandardCharsets.UTF_8);
        ByteBuffer sealed = ByteBuffer.allocate(json.length - 1 + tail.length);
        return sealed.put(json, 0, json.length - 1).put(tail).array();
    }
}
