package dev.holdfast.agent.watch;

import dev.holdfast.client.UnreadableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The last accepted desired state on disk, so that the agent starts without a control plane.
///
/// A crash at any moment leaves the state before or the state after, whole. Everything ends in a
/// checksum: what the disk damaged is not believed.
///
/// A change is written to a journal, so that it costs what it changes and not what the site is;
/// when that has grown as long as the state, the state is written anew.
public final class StateFile {

    private final Path directory;
    private final Path file;
    private final Journal journal;
    private @Nullable Written written;

    /// What this process wrote.
    ///
    /// @param base checksum of the state that was written whole
    /// @param room bytes that the journal may still take
    private record Written(DesiredState last, String base, int room, boolean first) {}

    public StateFile(Path directory) {
        this.directory = directory;
        this.file = directory.resolve("desired-state.json");
        this.journal = new Journal(directory.resolve("desired-state.journal"));
    }

    public void save(DesiredState state) throws IOException {
        Written before = written;
        written = null; // whatever breaks below, the next one is written whole
        byte[] change = before == null ? null : state.since(before.last());
        written =
                before == null || change == null || change.length > before.room()
                        ? whole(state)
                        : changed(before, state, change);
    }

    private Written changed(Written before, DesiredState state, byte[] change) throws IOException {
        int took = journal.append(before.base(), change, before.first());
        if (before.first()) {
            forceEntries(); // that there is a journal
        }
        return new Written(state, before.base(), before.room() - took, false);
    }

    private Written whole(DesiredState state) throws IOException {
        Files.createDirectories(directory);
        Path temporary = directory.resolve("desired-state.tmp");
        byte[] json = state.toJson();
        try (FileChannel channel =
                FileChannel.open(
                        temporary,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.WRITE,
                        StandardOpenOption.TRUNCATE_EXISTING)) {
            ByteBuffer bytes = ByteBuffer.wrap(Seal.sealed(json));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            channel.force(true);
        }
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
        journal.remove(); // not before: the state that it goes with was there until now
        forceEntries();
        return new Written(state, Seal.sum(json), json.length, true);
    }

    /// What is in the directory and what is not.
    private void forceEntries() throws IOException {
        try (FileChannel entries = FileChannel.open(directory, StandardOpenOption.READ)) {
            entries.force(true);
        }
    }

    /// The last state of a load balancer.
    ///
    /// @return empty when there is none yet
    /// @throws IOException when there is one that cannot be used; the message says why
    public Optional<NodeDesired> loadNode() throws IOException {
        return load(NodeDesired::full).map(NodeDesired.class::cast);
    }

    /// The last state of a backend host; see [#loadNode].
    public Optional<HostDesired> loadHost() throws IOException {
        return load(HostDesired::full).map(HostDesired.class::cast);
    }

    private Optional<DesiredState> load(Intake.Reader reader) throws IOException {
        byte[] json;
        try {
            json = Seal.opened(Files.readAllBytes(file), file);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
        DesiredState state = proven(reader.full(json));
        for (byte[] change : journal.since(Seal.sum(json))) {
            state = proven(state.merge(change));
        }
        return Optional.of(state);
    }

    private DesiredState proven(DesiredState state) throws UnreadableException {
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
}
