package dev.holdfast.agent.tool;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/// A program of the machine, found in the directories of `PATH` or those where Debian keeps the
/// administrator's programs.
///
/// @param name such as `nft`, or a path
/// @param origin the Debian package that has it, for people who do not have it
public record Tool(String name, String origin) {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final int COMPLAINT_LINES_MAX = 6;
    private static final int COMPLAINT_WIDTH_MAX = 200;

    /// What a program said, and how it ended.
    ///
    /// @param exit 0 when it was content
    public record Answer(String command, int exit, String output, String complaint) {

        /// The output of a program that was content.
        public String orThrow() throws ToolException {
            if (exit != 0) {
                throw refusal();
            }
            return output;
        }

        /// The same answer as an exception, with the program's own words, shortened.
        public ToolException refusal() {
            String words =
                    Stream.concat(complaint.lines(), output.lines())
                            .filter(line -> !line.isBlank())
                            .limit(COMPLAINT_LINES_MAX)
                            .map(Answer::shortened)
                            .reduce((a, b) -> a + "\n" + b)
                            .orElse("no words");
            return new ToolException(command, words + " (exit " + exit + ")");
        }

        private static String shortened(String line) {
            return line.length() <= COMPLAINT_WIDTH_MAX
                    ? line
                    : line.substring(0, COMPLAINT_WIDTH_MAX) + " …";
        }
    }

    /// Whether this machine has it.
    public boolean exists() {
        return file().isPresent();
    }

    /// Runs it to its end.
    ///
    /// @param input for its standard input
    /// @throws ToolException when it is not there, or not done in time; not for its exit code
    public Answer run(String input, String... arguments) throws ToolException {
        String shown = name + " " + String.join(" ", arguments);
        List<String> command = new ArrayList<>();
        command.add(
                file().orElseThrow(() ->
                                new ToolException(
                                        shown,
                                        name
                                                + ": not on this machine (expected: the"
                                                + " Debian package "
                                                + origin
                                                + " to be installed)"))
                        .toString());
        command.addAll(List.of(arguments));
        try {
            ProcessBuilder builder = new ProcessBuilder(command);
            builder.environment().put("LC_ALL", "C");
            return converse(shown, builder.start(), input);
        } catch (IOException e) {
            throw new ToolException(shown, String.valueOf(e.getMessage()));
        }
    }

    /// Feeds and reads it at the same time, so that no pipe fills up.
    private static Answer converse(String shown, Process process, String input)
            throws ToolException {
        try {
            CompletableFuture<?> fed = feed(process.getOutputStream(), input);
            CompletableFuture<String> output = drain(process.getInputStream());
            CompletableFuture<String> complaint = drain(process.getErrorStream());
            CompletableFuture.allOf(fed, output, complaint)
                    .get(LIMIT.toMillis(), TimeUnit.MILLISECONDS);
            if (process.waitFor(LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                return new Answer(shown, process.exitValue(), output.join(), complaint.join());
            }
            throw new TimeoutException();
        } catch (TimeoutException e) {
            throw new ToolException(shown, "no end after " + LIMIT.toSeconds() + " s; killed");
        } catch (ExecutionException e) {
            throw new ToolException(shown, String.valueOf(e.getCause()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ToolException(shown, "interrupted; killed");
        } finally {
            process.destroyForcibly();
        }
    }

    private static CompletableFuture<?> feed(OutputStream stdin, String input) {
        return CompletableFuture.runAsync(
                () -> {
                    try (stdin) {
                        stdin.write(input.getBytes(StandardCharsets.UTF_8));
                    } catch (IOException ignored) {
                        // It ended without reading all of it; its exit code says why.
                    }
                },
                Thread::startVirtualThread);
    }

    private static CompletableFuture<String> drain(InputStream stream) {
        return CompletableFuture.supplyAsync(
                () -> {
                    try (stream) {
                        return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                },
                Thread::startVirtualThread);
    }

    private Optional<Path> file() {
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Stream.concat(
                        Stream.of(path.split(":", -1)),
                        Stream.of("/usr/local/sbin", "/usr/sbin", "/sbin", "/usr/bin", "/bin"))
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory).resolve(name))
                .filter(Files::isExecutable)
                .findFirst();
    }
}
