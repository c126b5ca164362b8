package dev.holdfast.agent.program;

import dev.holdfast.agent.config.AgentConfig;
import dev.holdfast.agent.kernel.LinuxKernel;
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
        try (LinuxKernel kernel = LinuxKernel.open()) {
            new AgentLoop(config, kernel).run();
        }
        return 0;
    }
}
