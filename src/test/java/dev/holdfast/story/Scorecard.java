package dev.holdfast.story;

import dev.holdfast.lab.Machine;
import dev.holdfast.lab.Transport;
import dev.holdfast.lab.Trickle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// How connections fared, scenario by scenario.
final class Scorecard {

    private static final Path PAGE = Path.of("docs", "zero-downtime.md");
    private static final Duration INTERVAL = Duration.ofSeconds(3);
    private static final int TURNS_MAX = 3;
    private static final String HEAD =
            """
            | while | TCP reset | with second chance off | of a backend that went | longest stall | UDP moved | the lost one used for | found down after |
            | --- | --: | --: | --: | --: | --: | --: | --: |
            """;

    /// @param shop TCP connections of the service that gives a second chance
    /// @param plain TCP connections of the service that does not
    /// @param udp flows of the service that gives a second chance
    private record Score(
            Scenario scenario,
            Trickle.Fared shop,
            Trickle.Fared plain,
            Trickle.Fared udp,
            Scenario.Times times) {

        /// Connections that nobody had a reason to end.
        private List<Trickle.Connection> reset(Trickle.Fared fared) {
            return fared.broken().stream()
                    .filter(one -> !scenario.gone().contains(one.backend()))
                    .toList();
        }

        /// Those that the promise keeps, and were reset or answered no more; those of a backend
        /// that went, which nobody ended; and flows of UDP that only load balancers moved.
        Stream<Trickle.Connection> amiss() {
            Stream<Trickle.Connection> reset =
                    scenario.onlyLoadBalancers()
                            ? Stream.concat(reset(shop).stream(), reset(plain).stream())
                            : reset(shop).stream();
            Stream<Trickle.Connection> movedForNothing =
                    scenario.onlyLoadBalancers() ? moved() : Stream.of();
            return Stream.of(reset, Stream.of(shop, plain).flatMap(this::leftOver), movedForNothing)
                    .flatMap(Function.identity());
        }

        private Stream<Trickle.Connection> leftOver(Trickle.Fared fared) {
            return fared.connections().stream()
                    .filter(one -> scenario.gone().contains(one.backend()))
                    .filter(one -> !isTold(one));
        }

        /// Silence is no end: its client would wait for ever.
        private static boolean isTold(Trickle.Connection one) {
            return !Set.of("OPEN", "SILENT").contains(one.outcome());
        }

        private long ended() {
            return shop.connections().stream()
                    .filter(one -> scenario.gone().contains(one.backend()))
                    .filter(Score::isTold)
                    .count();
        }

        private Stream<Trickle.Connection> moved() {
            return udp.connections().stream().filter(one -> one.changes() > 0);
        }

        String row() {
            return "| %s | %d of %d | %d of %d | %d | %d ms | %d of %d | %s | %s |%n"
                    .formatted(
                            scenario.what(),
                            reset(shop).size(),
                            shop.connections().size(),
                            reset(plain).size(),
                            plain.connections().size(),
                            ended(),
                            shop.longestStall().toMillis(),
                            moved().count(),
                            udp.connections().size(),
                            shown(times.used()),
                            shown(times.judged()));
        }

        private static String shown(Duration duration) {
            return duration.isZero() ? "" : duration.toMillis() + " ms";
        }
    }

    private final int connections;
    private final List<Score> scores = new ArrayList<>();

    /// @param connections of the service that gives a second chance, half as many of the other, and
    ///   a third as many flows of UDP
    Scorecard(int connections) {
        this.connections = connections;
    }

    /// Plays it again when backends got verdicts that nobody meant them to get: that is another
    /// scenario, with more changes than this one has. A machine with too much to do lets probes
    /// fail.
    void play(Scenario scenario, Stage stage, int port) {
        for (int turn = 1; ; turn++) {
            long before = stage.revision();
            Score score = playOnce(scenario, stage, port);
            Set<String> judged = stage.judgedAfter(before);
            scenario.restore(stage);
            judged.removeAll(scenario.judged());
            if (judged.isEmpty() || score.amiss().findAny().isEmpty() || turn == TURNS_MAX) {
                scores.add(score);
                return;
            }
            System.out.println(
                    "health checks changed their mind on %s meanwhile: played again"
                            .formatted(judged));
        }
    }

    private Score playOnce(Scenario scenario, Stage stage, int port) {
        System.out.println("scenario: " + scenario.what());
        stage.everyoneAnnounces(); // a stall of the machine costs all of them their sessions
        Machine client = stage.dataCentre().client();
        Trickle shop = client.trickle(Transport.TCP, Stage.SHOP, port, connections, INTERVAL);
        Trickle plain = client.trickle(Transport.TCP, Stage.PLAIN, port, connections / 2, INTERVAL);
        Trickle udp = client.trickle(Transport.UDP, Stage.SHOP, port, connections / 3, INTERVAL);
        Scenario.Times times = scenario.play(stage);
        stage.pause((int) INTERVAL.toSeconds() + 2); // until each has said something since
        Score score = new Score(scenario, shop.stop(), plain.stop(), udp.stop(), times);
        System.out.print(score.row());
        return score;
    }

    List<Trickle.Connection> amiss() {
        return scores.stream().flatMap(Score::amiss).toList();
    }

    String table() {
        return HEAD + scores.stream().map(Score::row).collect(Collectors.joining());
    }

    /// Puts the rows where the page has a table. What was not played keeps the row it has.
    void write() {
        try {
            String page = Files.readString(PAGE);
            int start = page.indexOf("| while |");
            int end = page.indexOf("\n\n", start) + 1;
            Map<String, String> rows = new HashMap<>();
            page.substring(start, end).lines().forEach(row -> rows.put(named(row), row + "\n"));
            scores.forEach(score -> rows.put(score.scenario().what(), score.row()));
            String table =
                    Scenario.all().stream()
                            .map(scenario -> rows.getOrDefault(scenario.what(), ""))
                            .collect(Collectors.joining());
            Files.writeString(PAGE, page.substring(0, start) + HEAD + table + page.substring(end));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String named(String row) {
        return row.substring(2, row.indexOf(" |", 2));
    }
}
