package dev.holdfast.lab;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/// The command lines of the small programs in `lab/guest` that talk to each other.
final class Traffic {
    private static final Duration ANSWER_LIMIT = Duration.ofSeconds(10);

    private Traffic() {}

    static String serve(String name, int port, List<String> addresses) {
        return program("serve") + " " + name + " " + port + " " + String.join(" ", addresses);
    }

    static String trickle(
            Transport transport, String address, int port, int connections, Duration interval) {
        return "%s %s %s %d %d %s"
                .formatted(
                        program("trickle"),
                        transport.word(),
                        address,
                        port,
                        connections,
                        interval.toMillis() / 1000.0);
    }

    static Answers ask(
            Machine client, Transport transport, String address, int port, int connections) {
        String command =
                "%s %s %s %d %d %d"
                        .formatted(
                                program("ask"),
                                transport.word(),
                                address,
                                port,
                                connections,
                                ANSWER_LIMIT.toSeconds());
        return new Answers(client.sh(command).lines().map(Answers.Answer::parse).toList());
    }

    static Answers stray(Machine client, String address, int port, int segments) {
        String command =
                "%s %s %d %d %d"
                        .formatted(
                                program("stray"),
                                address,
                                port,
                                segments,
                                ANSWER_LIMIT.toSeconds());
        return new Answers(client.sh(command).lines().map(Answers.Answer::parse).toList());
    }

    private static String program(String name) {
        return "perl " + Shell.quoted(Path.of("lab", "guest", name).toAbsolutePath().toString());
    }
}
