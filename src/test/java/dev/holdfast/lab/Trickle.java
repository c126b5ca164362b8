package dev.holdfast.lab;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// Long-lived connections that say something now and then, to see whether what happens meanwhile
/// hurts.
public final class Trickle {
    private static final AtomicInteger NUMBERS = new AtomicInteger();

    private final Running program;

    private Trickle(Running program) {
        this.program = program;
    }

    /// Comes back when each connection has had its first answer, or has failed.
    static Trickle start(
            Machine client,
            Transport transport,
            String address,
            int port,
            int connections,
            Duration interval) {
        Running program =
                client.start(
                        "trickle-" + NUMBERS.incrementAndGet(),
                        Traffic.trickle(transport, address, port, connections, interval));
        program.awaitLine("ready");
        return new Trickle(program);
    }

    /// Ends the connections and says how they fared.
    public Fared stop() {
        program.stop();
        return new Fared(
                program.log()
                        .lines()
                        .filter(line -> !line.equals("ready"))
                        .map(Connection::parse)
                        .toList());
    }

    /// How all of them fared.
    public record Fared(List<Connection> connections) {
        /// Connections that did not live until the end, for whatever reason.
        public List<Connection> broken() {
            return connections.stream().filter(c -> !c.outcome().equals("OPEN")).toList();
        }

        public Duration longestStall() {
            return connections.stream()
                    .map(Connection::longestStall)
                    .max(Duration::compareTo)
                    .orElse(Duration.ZERO);
        }

        /// How often an answer came from another backend than the one before (UDP: nothing breaks
        /// then).
        public int changes() {
            return connections.stream().mapToInt(Connection::changes).sum();
        }

        /// Words that never had an answer (UDP: lost; TCP: the last ones, perhaps on their way).
        public int unanswered() {
            return connections.stream().mapToInt(c -> c.sent() - c.answered()).sum();
        }

        @Override
        public String toString() {
            return "%d connections, %d broken, longest stall %d ms, %d changes of backend"
                    .formatted(
                            connections.size(),
                            broken().size(),
                            longestStall().toMillis(),
                            changes());
        }
    }

    /// @param port the client's own
    /// @param outcome OPEN, one of [Answers.Outcome], or SILENT when its last word was not answered
    /// @param ended when it broke, since the start
    public record Connection(
            int port,
            String outcome,
            String backend,
            int changes,
            int sent,
            int answered,
            Duration longestStall,
            Duration ended) {
        static Connection parse(String line) {
            String[] words = line.split(" ", -1);
            return new Connection(
                    Integer.parseInt(words[0]),
                    words[1],
                    words[2],
                    Integer.parseInt(words[3]),
                    Integer.parseInt(words[4]),
                    Integer.parseInt(words[5]),
                    Duration.ofMillis(Long.parseLong(words[6])),
                    Duration.ofMillis(Long.parseLong(words[7])));
        }
    }
}
