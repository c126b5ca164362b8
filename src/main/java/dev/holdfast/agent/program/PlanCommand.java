package dev.holdfast.agent.program;

import dev.holdfast.agent.config.AgentConfig;
import dev.holdfast.agent.kernel.LinuxKernel;
import dev.holdfast.agent.kernel.Step;
import dev.holdfast.agent.reconcile.OpenedListeners;
import dev.holdfast.agent.reconcile.Reconciler;
import dev.holdfast.agent.watch.DesiredState;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "plan",
        description =
                "Prints the steps the agent would take now for the state on its disk;"
                        + " takes none of them.",
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {

    @ParentCommand private AgentCommand agent = new AgentCommand();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws Exception {
        AgentConfig config = agent.read();
        PrintWriter out = spec.commandLine().getOut();
        DesiredState state = LastState.load(config).orElse(null);
        if (state == null) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "holdfast-agent: no state in "
                                    + config.dataDirectory()
                                    + " yet (expected: an agent that ran once)");
            return 1;
        }
        List<Step> steps;
        try (LinuxKernel kernel = LinuxKernel.open()) {
            Reconciler reconciler =
                    new Reconciler(kernel, OpenedListeners.in(config.dataDirectory()));
            reconciler.trust(state);
            steps = reconciler.plan(state);
        }
        out.printf(
                "revision %d of site %s: %s%n",
                state.revision(),
                state.head().site(),
                steps.isEmpty() ? "nothing to do" : steps.size() + " steps");
        steps.forEach(step -> out.println("  " + step.resource() + ": " + step.operation()));
        return 0;
    }
}
