package dev.holdfast.bench.propagation;

import dev.holdfast.bench.Bench;
import dev.holdfast.bench.Benchmark;
import dev.holdfast.bench.HoldfastServer;
import dev.holdfast.bench.Table;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/// From one backend's new weight to every agent that has it, beside etcd.
public final class Propagation implements Benchmark {

    private static final int[] AGENTS = {10, 100, 1_000};
    private static final int FEW_SERVICES = 10;
    private static final int MANY_SERVICES = 1_000;
    private static final int IDLE_POLLS = 10_000;

    @Override
    public String name() {
        return "propagation";
    }

    @Override
    public String title() {
        return "From a write to every agent";
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
        try (HoldfastServer holdfast = new HoldfastServer(bench);
                SiteUnderTest small = new SiteUnderTest(holdfast, "small", FEW_SERVICES)) {
            bench.say("a site with " + FEW_SERVICES + " services is made; now its load balancers");
            small.addNodes(AGENTS[AGENTS.length - 1]);
            try (Etcd etcd = new Etcd(bench, changeBytes(small))) {
                Race race = new Race(bench, small, etcd);
                race.warmUp();
                for (int agents : AGENTS) {
                    race.run(agents);
                }
                bench.show(race.tables());
                SiteSizes sizes = new SiteSizes(bench);
                sizes.measure(small, FEW_SERVICES);
                bench.say("making a site with " + MANY_SERVICES + " services");
                try (SiteUnderTest large = new SiteUnderTest(holdfast, "large", MANY_SERVICES)) {
                    large.addNodes(SiteSizes.AGENTS);
                    sizes.measure(large, MANY_SERVICES);
                }
                bench.show(List.of(sizes.table()));
                Crowd crowd = new Crowd(bench);
                crowd.gatherHoldfast(small, IDLE_POLLS);
                crowd.gatherEtcd(etcd, IDLE_POLLS);
                bench.show(List.of(crowd.table()));
                return Stream.concat(
                                race.tables().stream(), Stream.of(sizes.table(), crowd.table()))
                        .toList();
            }
        }
    }

    private static int changeBytes(SiteUnderTest site) throws IOException, InterruptedException {
        try (Rounds one = new Rounds(site, 1)) {
            one.measure();
            return (int) one.bodyBytes();
        }
    }

    private static final String ABOUT =
            """
            The clock starts just before a client sends the write (the `PUT` that gives one backend of
            a service with ten another weight) and stops for each agent when the whole change has
            arrived on that agent's connection. Every simulated agent has a connection of its own, and
            on Holdfast a load balancer's name and token of its own; it polls
            `/agent/v1/sites/{site}/nodes/{node}/desired-state` and asks again at once with the new
            `after`.

            The peer is etcd, one member with its defaults: every agent watches one key through etcd's
            HTTP gateway (`POST /v3/watch`), and the write is a `POST /v3/kv/put` of a value as large as
            Holdfast's delta. Both servers run at the same time, write to the same disk, and make a
            write durable before they answer it; changes are made at one and the other in turn, so that
            whatever the machine does meets both. All agents of one server are driven by one thread with
            non-blocking sockets, the same code for both.

            Ratios are Holdfast divided by etcd: under 1 is in Holdfast's favour. The aim is 0.5.
            """;

    private static final String REMARKS =
            """
            * Client, both servers and PostgreSQL share the machine's cores. Milliseconds from another
              machine are not comparable; the ratios are.
            * etcd's gateway turns HTTP into gRPC inside etcd. A client that speaks gRPC itself would see
              better times than these; an agent without libraries, such as ours, would not be one.
            * etcd sends its value in base 64, so its change is a third larger on the wire than
              Holdfast's of the same content.
            * Holdfast's agents must ask again after each change and etcd's need not; that is in the
              times, for the requests of those who heard first compete with the answers to the last.
            """;
}
