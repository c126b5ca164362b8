package dev.holdfast.bench.foresight;

import dev.holdfast.bench.Bench;
import dev.holdfast.bench.Benchmark;
import dev.holdfast.bench.HoldfastServer;
import dev.holdfast.bench.Landscape;
import dev.holdfast.bench.Spread;
import dev.holdfast.bench.Table;
import java.io.IOException;
import java.util.List;

/// Plans and explanations on a large site, beside rebuilding every table of it.
public final class Foresight implements Benchmark {

    private static final int WARM_UP = 8;
    private static final int ROUNDS = 20;

    private interface Question {
        /// @param round another in each, so that no answer is remembered
        Object ask(int round) throws IOException;
    }

    private final Table times =
            new Table(
                    "Asked by REST, and the naive way in the process that asks (ms, %d times)"
                            .formatted(ROUNDS),
                    "question",
                    "Holdfast p50",
                    "worst",
                    "naive p50",
                    "worst",
                    "ratio");

    @Override
    public String name() {
        return "foresight";
    }

    @Override
    public String title() {
        return "What it costs to look before a change";
    }

    @Override
    public String about() {
        return ABOUT;
    }

    @Override
    public String remarks() {
        return REMARKS;
    }

    @Override
    public List<Table> run(Bench bench) throws Exception {
        NaiveWay naive = new NaiveWay();
        try (HoldfastServer holdfast = new HoldfastServer(bench)) {
            bench.say("making a site of " + Landscape.SERVICES + " services");
            try (Landscape site = new Landscape(holdfast, "large", Landscape.SERVICES).withWide()) {
                bench.say("explaining");
                Question every = naive::explain;
                measure(
                        "explain, a client of 1 of 1,000 services",
                        round -> site.explain("s" + round, 40_000 + round),
                        every);
                measure(
                        "explain, another client of the same service",
                        round -> site.explain("s500", 40_000 + round),
                        every);
                measure(
                        "explain, a client of the service of 1,000 backends",
                        round -> site.explain("wide", 40_000 + round),
                        every);
                bench.say("planning");
                measure(
                        "plan, 1 weight in 1 service of 1,000 backends",
                        round -> site.planWide(101 + round),
                        round -> naive.plan(101 + round, Landscape.WEIGHT));
                measure(
                        "plan, 1 weight in each of 1,000 services of 10 backends",
                        round -> site.planMany(101 + round),
                        round -> naive.plan(Landscape.WEIGHT, 101 + round));
            }
        }
        return List.of(times);
    }

    private void measure(String question, Question holdfast, Question naive) throws IOException {
        Spread asked = new Spread();
        Spread built = new Spread();
        for (int round = 0; round < WARM_UP + ROUNDS; round++) {
            long start = System.nanoTime();
            holdfast.ask(round);
            long answered = System.nanoTime();
            naive.ask(round);
            long end = System.nanoTime();
            if (round >= WARM_UP) {
                asked.add(answered - start);
                built.add(end - answered);
            }
        }
        times.row(
                question,
                asked.percentileMillis(50),
                asked.percentileMillis(100),
                built.percentileMillis(50),
                built.percentileMillis(100),
                asked.percentileMillis(50) / built.percentileMillis(50));
    }

    private static final String ABOUT =
            """
            A site of 1,000 services with 10 backends each and one service with 1,000, on 1,000 hosts and
            3 load balancers. Holdfast is asked by REST as anyone asks it, one question after the other on
            one connection: what is in its times is authentication, the database (a plan is carried out
            in a transaction that is never committed), the tables, and JSON.

            The naive way makes every table of the site anew, and for a plan does so twice and compares
            each pair. It is done in turn with the questions, in the process that asks them, with nothing
            around it, so that it is as quick as it can be.

            Ratios are Holdfast divided by the naive way: under 1 is in Holdfast's favour.
            """;

    private static final String REMARKS =
            """
            * Both plans find a gentler change, and rehearse it as well: for the service of 1,000 backends that
              is a set of 1,000 weights, for the 1,000 services one that rescales the ten that would move most.
              So what is beyond the naive way is thousands of writes that are taken back, and the steps of each
              load balancer.
            * Milliseconds from another machine are not comparable; the ratios are.
            """;
}
