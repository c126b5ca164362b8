package dev.holdfast.agent.report;

import dev.holdfast.client.UnreadableException;
import dev.holdfast.client.WireJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/// What the agent last did, on disk, for `holdfast-agent status` and for its own next start.
public final class StatusFile {

    private final Path directory;
    private final Path file;

    public StatusFile(Path directory) {
        this.directory = directory;
        this.file = directory.resolve("status.json");
    }

    public void save(AgentStatus status) throws IOException {
        Files.createDirectories(directory);
        Path temporary = directory.resolve("status.tmp");
        Files.write(temporary, WireJson.write(status));
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /// @return empty when no agent ever wrote one here, or what it wrote is damaged
    public Optional<AgentStatus> load() throws IOException {
        try {
            return Optional.of(WireJson.read(Files.readAllBytes(file), AgentStatus.class));
        } catch (NoSuchFileException | UnreadableException none) {
            return Optional.empty();
        }
    }
}
