package dev.holdfast.bench.propagation;

import dev.holdfast.bench.Bench;
import dev.holdfast.bench.Spread;
import dev.holdfast.bench.Table;
import java.io.IOException;
import java.util.List;
import java.util.function.ToDoubleFunction;

/// The same changes at Holdfast and at etcd, in turn.
final class Race {

    private static final int FIRST_CHANGES = 400;
    private static final int CHANGES_BEFORE_EACH = 20;
    private static final int CHANGES = 60;

    private final Bench bench;
    private final Contender holdfast;
    private final Contender etcd;

    private final Table toAgent =
            new Table(
                    "From the write to an agent (ms, %d changes)".formatted(CHANGES),
                    "agents",
                    "Holdfast p50",
                    "etcd p50",
                    "ratio",
                    "Holdfast p99",
                    "etcd p99",
                    "ratio");
    private final Table toLast =
            new Table(
                    "From the write to its answer and to the last agent (ms, p50)",
                    "agents",
                    "Holdfast answer",
                    "etcd answer",
                    "ratio",
                    "Holdfast last",
                    "etcd last",
                    "ratio");
    private final Table memory =
            new Table(
                    "Memory of the server while they wait (MB resident)",
                    "agents",
                    "Holdfast",
                    "of it live heap",
                    "its PostgreSQL",
                    "etcd");

    Race(Bench bench, Contender holdfast, Contender etcd) {
        this.bench = bench;
        this.holdfast = holdfast;
        this.etcd = etcd;
    }

    /// A server that runs for months is warm.
    void warmUp() throws IOException, InterruptedException {
        bench.say(FIRST_CHANGES + " changes to warm up");
        try (Rounds ours = new Rounds(holdfast, 100);
                Rounds theirs = new Rounds(etcd, 100)) {
            for (int change = 0; change < FIRST_CHANGES; change++) {
                ours.warmUp();
                theirs.warmUp();
            }
        }
    }

    void run(int agents) throws IOException, InterruptedException {
        bench.say(agents + " agents");
        try (Rounds ours = new Rounds(holdfast, agents);
                Rounds theirs = new Rounds(etcd, agents)) {
            for (int change = 0; change < CHANGES_BEFORE_EACH; change++) {
                ours.warmUp();
                theirs.warmUp();
            }
            for (int change = 0; change < CHANGES; change++) {
                ours.measure();
                theirs.measure();
            }
            addTimes(agents, ours, theirs);
            memory.row(
                    agents,
                    holdfast.process().residentMegabytes(),
                    holdfast.process().heapMegabytes(),
                    holdfast.besideMegabytes(),
                    etcd.process().residentMegabytes());
        }
    }

    private void addTimes(int agents, Rounds ours, Rounds theirs) {
        Pair middle = Pair.of(ours.toAgent, theirs.toAgent, spread -> spread.percentileMillis(50));
        Pair slow = Pair.of(ours.toAgent, theirs.toAgent, spread -> spread.percentileMillis(99));
        toAgent.row(
                agents,
                middle.ours,
                middle.theirs,
                middle.ratio(),
                slow.ours,
                slow.theirs,
                slow.ratio());
        Pair answer = Pair.of(ours.toWriter, theirs.toWriter, s -> s.percentileMillis(50));
        Pair last = Pair.of(ours.toLast, theirs.toLast, s -> s.percentileMillis(50));
        toLast.row(
                agents,
                answer.ours,
                answer.theirs,
                answer.ratio(),
                last.ours,
                last.theirs,
                last.ratio());
    }

    private record Pair(double ours, double theirs) {
        static Pair of(Spread ours, Spread theirs, ToDoubleFunction<Spread> figure) {
            return new Pair(figure.applyAsDouble(ours), figure.applyAsDouble(theirs));
        }

        double ratio() {
            return ours / theirs;
        }
    }

    List<Table> tables() {
        return List.of(toAgent, toLast, memory);
    }
}
