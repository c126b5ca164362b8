package dev.holdfast.bench.loss;

import dev.holdfast.bench.Bench;
import dev.holdfast.bench.Benchmark;
import dev.holdfast.bench.Spread;
import dev.holdfast.bench.Table;
import java.util.List;

/// BFD, with the timers of the shipped files, beside BGP alone.
public final class Loss implements Benchmark {

    private static final int BY_BFD = 20;
    private static final int BY_HOLD_TIME = 5;

    @Override
    public String name() {
        return "loss";
    }

    @Override
    public String title() {
        return "How soon a load balancer without power is no longer used";
    }

    @Override
    public String about() {
        return """
        A router and two load balancers in network namespaces of this machine, with the files of
        `deploy/bird` as they are shipped (BFD: 3 × 100 ms; BGP: hold time 9 s). Both announce a VIP. A
        load balancer's side of the switch between goes down, so that the router's own link stays up
        and nobody is told: measured until the router's kernel has no more way to it. The same
        without BFD is what BGP alone takes.

        The lab's scenarios ([zero-downtime.md](../zero-downtime.md)) show the same with connections that
        live through it, on an emulated machine whose times do not count.
        """;
    }

    @Override
    public String remarks() {
        return """
        The aim is under a second. BIRD tells the kernel at once; a router of another make adds what
        it needs to change its own tables.
        """;
    }

    @Override
    public List<Table> run(Bench bench) throws Exception {
        Spread bfd = losses(bench, true, BY_BFD);
        Spread hold = losses(bench, false, BY_HOLD_TIME);
        Table table =
                new Table(
                        "Until the router's kernel does not use it (ms)",
                        "",
                        "times",
                        "p50",
                        "worst");
        row(table, "BFD, as shipped", bfd);
        row(table, "BGP alone", hold);
        table.row(
                "ratio",
                "",
                bfd.percentileMillis(50) / hold.percentileMillis(50),
                bfd.percentileMillis(100) / hold.percentileMillis(100));
        return List.of(table);
    }

    private static Spread losses(Bench bench, boolean withBfd, int times) throws Exception {
        Spread spread = new Spread();
        try (Wire wire = new Wire(bench.empty(withBfd ? "bfd" : "bgp"), withBfd)) {
            for (int i = 0; i < times; i++) {
                wire.awaitBoth();
                // BFD begins slowly, and goes over to its own pace within a second or two.
                Thread.sleep(3_000);
                long nanos = wire.lose(1 + i % 2);
                spread.add(nanos);
                bench.say("lost: %d ms".formatted(nanos / 1_000_000));
            }
        }
        return spread;
    }

    private static void row(Table table, String what, Spread spread) {
        table.row(what, spread.count(), spread.percentileMillis(50), spread.percentileMillis(100));
    }
}
