package dev.holdfast.bench.thin;

import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.agent.watch.SiteModel;
import dev.holdfast.agent.watch.StateFile;
import dev.holdfast.bench.Bench;
import dev.holdfast.bench.Benchmark;
import dev.holdfast.bench.HoldfastServer;
import dev.holdfast.bench.Landscape;
import dev.holdfast.bench.Table;
import dev.holdfast.bench.http.Caller;
import dev.holdfast.lab.DataCentre;
import dev.holdfast.lab.Machine;
import dev.holdfast.lab.Output;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

/// The agent beside what else fills IPVS: time, memory and work.
public final class Thin implements Benchmark {

    private static final int FEW = 10;
    private static final int CHANGES = 20;

    private final Table sync =
            new Table(
                    "From an empty IPVS to all services of 10, in the emulated machine (ms, p50 of 5)",
                    "services",
                    "agent",
                    "`ipvsadm -R`",
                    "ratio",
                    "`ipvsadm -R`, scheduler last",
                    "ratio",
                    "one weight changed, agent");
    private final Table resident =
            new Table(
                    "Holding 1,000 services of 10, in the emulated machine",
                    "",
                    "agent",
                    "keepalived",
                    "ratio");
    private final Table changing =
            new Table(
                    "The shipped agent, in the emulated machine",
                    "holding a site",
                    "resident (MB)",
                    "processor at rest (ms in a second)",
                    "processor for one changed weight (ms, mean of 20)");
    private final Table yardstick =
            new Table(
                    "The yardstick: the same Java (ms)",
                    "in the emulated machine",
                    "here",
                    "ratio");
    private final Table start =
            new Table("On this machine itself", "", "p50", "worst", "resident MB then");

    @Override
    public String name() {
        return "thin";
    }

    @Override
    public String title() {
        return "What the agent costs its machine";
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
        bench.say("starting the agent");
        Start started = new Start(bench.directory(), Program.AGENT);
        start.row(
                "from exec to ready (ms, 10 times)",
                started.times().percentileMillis(50),
                started.times().percentileMillis(100),
                started.megabytes());
        try (HoldfastServer holdfast = new HoldfastServer(bench)) {
            bench.say("making a site of " + FEW + " services, and one of " + Landscape.SERVICES);
            Path few = bench.empty("few");
            Path many = bench.empty("many");
            try (Landscape small = new Landscape(holdfast, "small", FEW);
                    Landscape large = new Landscape(holdfast, "large", Landscape.SERVICES)) {
                keep(few, holdfast, "small", small);
                NodeDesired state = keep(many, holdfast, "large", large);
                inTheGuest(bench, holdfast, small, large, state, List.of(few, many));
            }
        }
        return List.of(start, sync, changing, resident, yardstick);
    }

    /// Writes what the guest needs; it sees files as they are when it first looks.
    private static NodeDesired keep(
            Path directory, HoldfastServer holdfast, String site, Landscape landscape)
            throws IOException {
        String token = "Authorization: Bearer " + landscape.token() + "\r\n";
        String path = "/agent/v1/sites/" + site + "/nodes/n0/desired-state?wait=0&after=";
        try (Caller agent = new Caller(holdfast.address(), token)) {
            NodeDesired state =
                    new SiteModel("any").desired().merge(agent.call("GET", path + 0, "").body());
            new StateFile(directory).save(state);
            Files.writeString(directory.resolve("rules"), SameContent.rules(state, false));
            Files.writeString(directory.resolve("rules-late"), SameContent.rules(state, true));
            long revision = state.revision();
            for (int delta = 1; delta <= 2; delta++) {
                landscape.write(Landscape.WEIGHT + delta % 2);
                String from = path + revision + "&epoch=" + state.epoch();
                byte[] body = agent.call("GET", from, "").body();
                Files.write(directory.resolve("delta" + delta), body);
                revision = state.merge(body).revision();
            }
            return state;
        }
    }

    private void inTheGuest(
            Bench bench,
            HoldfastServer holdfast,
            Landscape small,
            Landscape large,
            NodeDesired state,
            List<Path> sites)
            throws IOException {
        Yardstick.millis();
        long here = Yardstick.millis();
        try (DataCentre lab = DataCentre.named("thin").loadBalancers(4).build()) {
            bench.say("filling IPVS, by turns with ipvsadm");
            List<Figures> figures = fullSync(lab.loadBalancer(1), sites);
            for (Figures one : figures) {
                sync.row(
                        one.services(),
                        one.agent(),
                        one.ipvsadm(),
                        one.agent() / one.ipvsadm(),
                        one.late(),
                        one.agent() / one.late(),
                        one.delta());
            }
            long there = figures.getLast().yardstick();
            yardstick.row(there, here, (double) there / here);
            bench.show(List.of(start, sync, yardstick));
            bench.say("an agent at rest, then keepalived: some minutes each");
            AtRest.of(
                            Program.agent(lab.loadBalancer(4), holdfast, "small", small.token()),
                            FEW,
                            changes(small))
                    .of(FEW, changing);
            AtRest agent =
                    AtRest.of(
                            Program.agent(lab.loadBalancer(2), holdfast, "large", large.token()),
                            Landscape.SERVICES,
                            changes(large));
            agent.of(Landscape.SERVICES, changing);
            agent.beside(
                    AtRest.of(
                            Program.keepalived(lab.loadBalancer(3), state),
                            Landscape.SERVICES,
                            List.of()),
                    resident);
        }
    }

    private static List<AtRest.Change> changes(Landscape site) {
        return IntStream.range(0, CHANGES)
                .<AtRest.Change>mapToObj(i -> () -> site.write(Landscape.WEIGHT + 1 + i % 2))
                .toList();
    }

    private static List<Figures> fullSync(Machine machine, List<Path> sites) {
        String java =
                "'%s/bin/java' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m"
                                .formatted(System.getProperty("java.home"))
                        + " --enable-native-access=ALL-UNNAMED -cp '%s'"
                                .formatted(System.getProperty("java.class.path"));
        String command =
                "cd '%s' && %s %s '%s' '%s'"
                        .formatted(
                                Path.of("").toAbsolutePath(),
                                java,
                                FullSync.class.getName(),
                                sites.getFirst(),
                                sites.getLast());
        Output output = machine.run(command, Duration.ofMinutes(20));
        if (!output.ok()) {
            throw new IllegalStateException(output.toString());
        }
        return Figures.in(output.out());
    }

    private static final String ABOUT =
            """
            A site of 1,000 services of 10 backends each (GUE, `mh` with ports and fallback), and one of 10
            services. Few machines have IPVS in their kernel, so what needs it is measured in the lab's
            machine, whose every instruction is emulated: its ratios count, and its times do not. The
            yardstick is the same piece of Java there and here.

            * **All services**: the agent's reconciler reads an empty IPVS, plans, applies and reads back,
              all by netlink; `ipvsadm -R` reads the same content from a file. Both leave the same services
              with the same destinations in the same order, which is compared. The kernel makes a service's
              table anew for each destination that is added under `mh`; the agent gives a service its
              scheduler last, and the last columns are of an `ipvsadm` that does so too.
            * **At rest**: the shipped agent of a load balancer with the whole site, polling and reporting
              every ten seconds, beside `keepalived` with the same services. Neither checks backends.
            * **One changed weight**: all that the shipped agent does for it, from the answer of its poll to
              the report that it is applied, as time of the processor beyond that at rest.
            * **Start**: the shipped agent on this machine itself, until it tells systemd that it is ready.

            Ratios are the agent divided by the other: under 1 is in its favour.
            """;

    private static final String REMARKS =
            """
            * keepalived asks nobody and tells nobody: while it checks nothing, it has nothing to do at all.
              The agent at rest waits for news, reports traffic of all backends, and looks through the
              kernel for what somebody changed.
            * The aims are 64 MB, 0.3 s, 1 % of a core at rest, and three times as quick as `ipvsadm -R`.
            * Memory misses its aim. An agent without any site holds 77 MB: 32 of classes, 17 of the JVM itself,
              10 of heap, and the rest of what it compiled and of the C library.
            * The yardstick runs with one compiler there, as the agent does, and with both here, where it takes 6
              to 10 ms: so what the machine's slowness makes of the agent's time is known to a factor of two.
            """;
}
