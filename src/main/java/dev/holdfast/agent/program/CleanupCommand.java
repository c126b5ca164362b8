package dev.holdfast.agent.program;

import dev.holdfast.agent.announce.Announcer;
import dev.holdfast.agent.chance.ChanceRules;
import dev.holdfast.agent.config.AgentConfig;
import dev.holdfast.agent.filter.PacketFilter;
import dev.holdfast.agent.kernel.KernelException;
import dev.holdfast.agent.kernel.LinuxKernel;
import dev.holdfast.agent.kernel.Step;
import dev.holdfast.agent.probe.Ground;
import dev.holdfast.agent.reconcile.OpenedListeners;
import dev.holdfast.agent.reconcile.Outcome;
import dev.holdfast.agent.reconcile.Reconciler;
import dev.holdfast.agent.segment.SegmentRules;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.Prefix;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "cleanup",
        description =
                "Lists what the agent made on this machine, and with --yes takes it away:"
                        + " announced VIPs first, then IPVS services, routes, links, addresses and"
                        + " packet filter. What others made stays.",
        mixinStandardHelpOptions = true)
final class CleanupCommand implements Callable<Integer> {

    @ParentCommand private AgentCommand agent = new AgentCommand();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--yes", description = "Takes it away. This machine then forwards nothing.")
    private boolean yes;

    @Override
    public Integer call() throws Exception {
        AgentConfig config = agent.read();
        PacketFilter filter =
                new PacketFilter(config.filter(), config.dataDirectory().resolve("filter"));
        try (LinuxKernel kernel = LinuxKernel.open()) {
            Reconciler reconciler =
                    new Reconciler(kernel, OpenedListeners.in(config.dataDirectory()));
            if (yes) {
                try (OneAgent _ = OneAgent.of(config.dataDirectory())) {
                    return takeAway(config, reconciler, filter);
                }
            }
            return list(config, reconciler, filter);
        }
    }

    private int list(AgentConfig config, Reconciler reconciler, PacketFilter filter)
            throws KernelException {
        PrintWriter out = spec.commandLine().getOut();
        List<Step> steps = reconciler.planCleanup(config.role(), ranges(config));
        List<String> places = new ArrayList<>(filter.places());
        if (new ChanceRules(config.dataDirectory()).areThere()) {
            places.add("nftables (second chance)");
        }
        if (new Ground().areThere()) {
            places.add("nftables (probes)");
        }
        if (new SegmentRules().areThere()) {
            places.add("nftables (segment size)");
        }
        if (steps.isEmpty() && places.isEmpty()) {
            out.println("nothing of Holdfast's is here");
            return 0;
        }
        out.println("cleanup --yes would take away:");
        steps.forEach(step -> out.println("  " + step.resource() + ": " + step.operation()));
        places.forEach(place -> out.println("  packet filter: remove from " + place));
        return 0;
    }

    private int takeAway(AgentConfig config, Reconciler reconciler, PacketFilter filter) {
        PrintWriter out = spec.commandLine().getOut();
        List<Failure> failures = new ArrayList<>(Announcer.withdrawAll(config.bird()));
        failures.addAll(
                new ChanceRules(config.dataDirectory())
                        .remove()); // they lead to services that go next
        Outcome outcome = reconciler.cleanup(config.role(), ranges(config));
        failures.addAll(outcome.failures());
        failures.addAll(new SegmentRules().remove());
        failures.addAll(filter.cleanup());
        failures.addAll(new Ground().remove());
        outcome.taken().forEach(step -> out.println(step.resource() + ": " + step.operation()));
        failures.forEach(failure ->
                spec.commandLine()
                        .getErr()
                        .println(
                                "holdfast-agent: "
                                        + failure.resource()
                                        + ": "
                                        + failure.operation()
                                        + ": "
                                        + failure.error()));
        return failures.isEmpty() ? 0 : 1;
    }

    /// What cannot be read adds nothing: ranges that are still routed here are known without it.
    private static List<Prefix> ranges(AgentConfig config) {
        try {
            return LastState.load(config)
                    .filter(NodeDesired.class::isInstance)
                    .map(state -> ((NodeDesired) state).vipRanges())
                    .orElse(List.of());
        } catch (IOException unreadable) {
            return List.of();
        }
    }
}
