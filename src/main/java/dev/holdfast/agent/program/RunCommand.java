package dev.holdfast.agent.program;

import dev.holdfast.agent.announce.Announcer;
import dev.holdfast.agent.chance.ChanceCounters;
import dev.holdfast.agent.chance.ChanceRules;
import dev.holdfast.agent.config.AgentConfig;
import dev.holdfast.agent.duty.Duties;
import dev.holdfast.agent.filter.FilterDuty;
import dev.holdfast.agent.filter.PacketFilter;
import dev.holdfast.agent.kernel.LinuxKernel;
import dev.holdfast.agent.probe.Prober;
import dev.holdfast.agent.segment.SegmentRules;
import dev.holdfast.agent.traffic.TrafficDuty;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "run",
        description = "Runs the agent until it is stopped. Forwarding goes on without it.",
        mixinStandardHelpOptions = true)
final class RunCommand implements Callable<Integer> {

    @ParentCommand private AgentCommand agent = new AgentCommand();

    @Override
    public Integer call() throws Exception {
        AgentConfig config = agent.read();
        try (OneAgent _ = OneAgent.of(config.dataDirectory());
                LinuxKernel kernel = LinuxKernel.open()) {
            new AgentLoop(config, kernel, duties(config, kernel)).run();
        }
        return 0;
    }

    private static FilterDuty filter(AgentConfig config) {
        return new FilterDuty(
                new PacketFilter(config.filter(), config.dataDirectory().resolve("filter")));
    }

    /// What an agent in this role does beside tunnels and tables.
    private static Duties duties(AgentConfig config, LinuxKernel kernel) {
        return switch (config.role()) {
            case LOAD_BALANCER ->
                    new Duties(
                            List.of(
                                    Announcer.of(config.bird()),
                                    filter(config),
                                    new Prober(),
                                    new TrafficDuty(kernel::traffic)));
            case BACKEND ->
                    new Duties(
                            List.of(
                                    new SegmentRules(),
                                    new ChanceRules(config.dataDirectory()),
                                    new ChanceCounters(kernel::packets)));
        };
    }
}
