package dev.holdfast.agent.program;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.tool.Tool;
import dev.holdfast.agent.tool.ToolException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The shipped agent on the lab's machine itself, with a state on its disk and no control plane
/// that answers.
final class LonelyAgent {
    private static final Tool SHELL = new Tool("sh", "dash");

    private final Path directory;
    private final String evidence;
    private @Nullable Process agent;

    /// @param role as in its configuration
    /// @param evidence a script that prints what to see when it does not get on
    LonelyAgent(Path directory, String role, String name, String evidence) throws IOException {
        this.directory = directory;
        this.evidence = evidence;
        Files.writeString(
                directory.resolve("agent.properties"),
                """
                role = %s
                site = dc1
                name = %s
                servers = http://127.0.0.1:9
                token = none
                data-dir = %s
                round-seconds = 1
                """
                        .formatted(role, name, directory));
    }

    void start() throws IOException {
        agent =
                new ProcessBuilder(
                                Path.of(
                                                String.valueOf(System.getProperty("java.home")),
                                                "bin",
                                                "java")
                                        .toString(),
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-jar",
                                "target/holdfast-agent.jar",
                                "run",
                                "--config",
                                directory.resolve("agent.properties").toString())
                        .redirectErrorStream(true)
                        .redirectOutput(
                                ProcessBuilder.Redirect.appendTo(
                                        directory.resolve("agent.log").toFile()))
                        .start();
    }

    /// As a crash would.
    void kill() throws InterruptedException {
        Process running = agent;
        if (running != null) {
            running.destroyForcibly();
            running.waitFor();
        }
    }

    /// What `cleanup` says.
    String cleanup(int exit, String... options) {
        return Spoken.by(
                directory.resolve("agent.properties"),
                exit,
                Stream.concat(Stream.of("cleanup"), Stream.of(options)).toArray(String[]::new));
    }

    /// Until it has told of a round that began after now.
    void awaitRound() throws Exception {
        for (int i = 0; i < 2; i++) {
            String told = status();
            await(() -> !status().equals(told) && status().contains("\"failures\":"));
        }
        assertThat(status()).contains("\"failures\":[]");
    }

    String status() {
        return sh("cat " + directory.resolve("status.json"));
    }

    void await(BooleanSupplier met) throws Exception {
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(4);
        while (!met.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError(
                        Files.readString(directory.resolve("agent.log")) + sh(evidence));
            }
            Thread.sleep(300);
        }
    }

    /// Until what is found has the lines that are expected, in any order; or says which it has not.
    void awaitLines(Supplier<String> found, String expected) throws Exception {
        try {
            await(() -> sorted(found.get()).equals(sorted(expected)));
        } catch (AssertionError late) {
            assertThat(found.get().lines())
                    .as(late.getMessage())
                    .containsExactlyInAnyOrderElementsOf(expected.lines().toList());
        }
    }

    static String sh(String script) {
        try {
            return SHELL.run("", "-c", script).output();
        } catch (ToolException e) {
            throw new AssertionError(e.command() + ": " + e.why(), e);
        }
    }

    static List<String> sorted(String lines) {
        return lines.lines().sorted().toList();
    }
}
