package dev.holdfast.agent.filter;

import dev.holdfast.agent.filter.Engine.Wish;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What was applied last and what the kernel made of it, so that an edit is seen even when the
/// comment is kept. A file keeps it in short, so that an agent that starts again finds nothing to
/// do.
final class FilterMemory {
    private static final System.Logger LOG = System.getLogger(FilterMemory.class.getName());

    private final Path file;
    private @Nullable String wish;
    private @Nullable Listing madeOfIt;

    FilterMemory(Path file) {
        this.file = file;
    }

    /// Whether `desired` was applied last, and nobody touched it since.
    boolean agrees(String place, Wish desired, Listing observed) {
        if (madeOfIt == null && line(place, desired, observed).equals(stored())) {
            wish = desired.fingerprint();
            madeOfIt = observed;
        }
        return desired.fingerprint().equals(wish) && observed.equals(madeOfIt);
    }

    /// Whether nobody touched what was applied last, whatever is desired by now.
    boolean left(String place, Listing observed) {
        if (madeOfIt != null) {
            return observed.equals(madeOfIt);
        }
        String[] words = stored().split(" ", -1);
        return words.length == 3
                && words[0].equals(place)
                && words[2].equals(observed.fingerprint());
    }

    /// What somebody else made of it. Empty when nothing is known of before.
    Map<String, Long> drift(Listing observed) {
        return madeOfIt == null ? Map.of() : Drift.between(madeOfIt, observed);
    }

    void remember(String place, Wish desired, Listing observed) {
        wish = desired.fingerprint();
        madeOfIt = observed;
        store(line(place, desired, observed));
    }

    void forget() {
        wish = null;
        madeOfIt = null;
        store("");
    }

    private static String line(String place, Wish desired, Listing observed) {
        return place + " " + desired.fingerprint() + " " + observed.fingerprint();
    }

    private String stored() {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    private void store(String line) {
        try {
            if (line.isEmpty()) {
                Files.deleteIfExists(file);
                return;
            }
            Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.writeString(next, line);
            Files.move(
                    next,
                    file,
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // Without it the next start applies the filter once more, which loses no packet.
            LOG.log(System.Logger.Level.WARNING, () -> "filter not noted in " + file + ": " + e);
        }
    }
}
