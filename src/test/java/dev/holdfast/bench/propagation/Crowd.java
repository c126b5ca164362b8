package dev.holdfast.bench.propagation;

import dev.holdfast.bench.Bench;
import dev.holdfast.bench.Spread;
import dev.holdfast.bench.Table;
import java.io.IOException;

/// Far more waiting agents than a site has: what each costs in memory, and whether all hear.
final class Crowd {

    private static final int CHANGES_BEFORE = 5;
    private static final int CHANGES = 10;

    private final Bench bench;
    private final Table table =
            new Table(
                    "Many that wait",
                    "server",
                    "waiting",
                    "resident before (MB)",
                    "with them (MB)",
                    "live heap for each (KB)",
                    "a change reaches",
                    "half of them, p50 (ms)",
                    "the last, p50 (ms)",
                    "the last, worst (ms)");

    Crowd(Bench bench) {
        this.bench = bench;
    }

    void gatherHoldfast(Contender contender, int agents) throws IOException, InterruptedException {
        double heapBefore = contender.process().heapMegabytes();
        double before = contender.process().residentMegabytes();
        try (Rounds rounds = rounds("Holdfast", contender, agents)) {
            double heap = contender.process().heapMegabytes() - heapBefore;
            row("Holdfast", contender, rounds, before, heap * 1024 / agents);
        }
    }

    void gatherEtcd(Contender contender, int agents) throws IOException, InterruptedException {
        double before = contender.process().residentMegabytes();
        try (Rounds rounds = rounds("etcd", contender, agents)) {
            row("etcd", contender, rounds, before, "");
        }
    }

    private Rounds rounds(String name, Contender contender, int agents)
            throws IOException, InterruptedException {
        bench.say(agents + " agents wait at " + name);
        Rounds rounds = new Rounds(contender, agents);
        for (int change = 0; change < CHANGES_BEFORE; change++) {
            rounds.warmUp();
        }
        for (int change = 0; change < CHANGES; change++) {
            rounds.measure();
        }
        Thread.sleep(2_000); // all of them wait again
        return rounds;
    }

    private void row(
            String name,
            Contender contender,
            Rounds rounds,
            double before,
            Object heapEachKilobytes)
            throws IOException {
        Spread last = rounds.toLast;
        table.row(
                name,
                rounds.agents(),
                before,
                contender.process().residentMegabytes(),
                heapEachKilobytes,
                "all",
                rounds.toAgent.percentileMillis(50),
                last.percentileMillis(50),
                last.percentileMillis(100));
    }

    Table table() {
        return table;
    }
}
