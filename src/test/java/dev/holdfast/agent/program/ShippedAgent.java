package dev.holdfast.agent.program;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// A way in which the agent is shipped, with nothing of this build on its class path.
///
/// @param name what a test report calls it
/// @param command the start of its command line
record ShippedAgent(String name, List<String> command) {

    static ShippedAgent jar() {
        String java =
                Path.of(String.valueOf(System.getProperty("java.home")), "bin", "java").toString();
        return new ShippedAgent("jar", List.of(java, "-jar", "target/holdfast-agent.jar"));
    }

    static ShippedAgent image() {
        return new ShippedAgent("image", List.of("target/holdfast-agent/bin/holdfast-agent"));
    }

    /// What a command that ends by itself printed, on either stream.
    record Said(int exitCode, String text) {}

    Said ask(Map<String, String> environment, String... arguments) {
        try {
            ProcessBuilder builder = builder(arguments).redirectErrorStream(true);
            builder.environment().putAll(environment);
            Process process = builder.start();
            String text =
                    new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return new Said(process.waitFor(), text);
        } catch (IOException e) {
            throw new AssertionError(this + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    /// Starts `run`; its log is in the directory.
    Running run(Path directory, Path config) throws IOException {
        return new Running(
                builder("--config", config.toString(), "run")
                        .redirectErrorStream(true)
                        .redirectOutput(directory.resolve("agent.log").toFile())
                        .start());
    }

    private ProcessBuilder builder(String... arguments) {
        List<String> words = new ArrayList<>(command);
        Stream.of(arguments).forEach(words::add);
        ProcessBuilder builder = new ProcessBuilder(words);
        builder.environment().keySet().removeIf(key -> key.startsWith("HOLDFAST_"));
        return builder;
    }

    /// An agent that runs until it is closed.
    record Running(Process process) implements AutoCloseable {
        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
