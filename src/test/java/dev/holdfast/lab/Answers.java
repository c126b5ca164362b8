package dev.holdfast.lab;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/// What became of a number of connections.
public record Answers(List<Answer> all) {

    /// How one connection ended.
    public enum Outcome {
        ANSWERED,
        REFUSED,
        RESET,
        CLOSED,
        UNREACHABLE,
        TIMED_OUT
    }

    /// @param port the client's own
    /// @param backend who answered, `-` when nobody did
    /// @param client the client's address as the backend saw it, `-` when nobody did
    public record Answer(int port, Outcome outcome, String backend, String client) {
        static Answer parse(String line) {
            String[] words = line.split(" ", -1);
            return new Answer(
                    Integer.parseInt(words[0]), Outcome.valueOf(words[1]), words[2], words[3]);
        }
    }

    /// How many connections each backend answered; backends that answered none are absent.
    public Map<String, Long> byBackend() {
        return all.stream()
                .filter(answer -> answer.outcome() == Outcome.ANSWERED)
                .collect(
                        Collectors.groupingBy(
                                Answer::backend, TreeMap::new, Collectors.counting()));
    }

    public Set<String> backends() {
        return byBackend().keySet();
    }

    /// The client's addresses as the backends saw them.
    public Set<String> clientsSeen() {
        return all.stream()
                .filter(answer -> answer.outcome() == Outcome.ANSWERED)
                .map(Answer::client)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    public long answered() {
        return count(Outcome.ANSWERED);
    }

    public long count(Outcome outcome) {
        return all.stream().filter(answer -> answer.outcome() == outcome).count();
    }

    @Override
    public String toString() {
        return byBackend()
                + " of "
                + all.size()
                + all.stream()
                        .filter(answer -> answer.outcome() != Outcome.ANSWERED)
                        .collect(
                                Collectors.groupingBy(
                                        Answer::outcome, TreeMap::new, Collectors.counting()));
    }
}
