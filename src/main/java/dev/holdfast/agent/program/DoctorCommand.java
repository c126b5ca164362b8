package dev.holdfast.agent.program;

import dev.holdfast.agent.config.AgentConfig;
import dev.holdfast.agent.doctor.Doctor;
import dev.holdfast.agent.doctor.Finding;
import dev.holdfast.agent.kernel.LinuxKernel;
import dev.holdfast.agent.watch.DesiredState;
import dev.holdfast.client.WireJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "doctor",
        description =
                "Looks for what would keep this machine from forwarding as it should: what, why it"
                        + " matters, and what cures it. Changes nothing. Exit code 1 on a fault.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {

    @ParentCommand private AgentCommand agent = new AgentCommand();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    /// What `--json` prints.
    private record Findings(List<Finding> findings) {}

    @Override
    public Integer call() throws Exception {
        AgentConfig config = agent.read();
        List<Finding> findings = new ArrayList<>();
        Optional<DesiredState> state = Optional.empty();
        try {
            state = LastState.load(config);
        } catch (IOException e) {
            findings.add(
                    new Finding(
                            Finding.Level.FAULT,
                            String.valueOf(e.getMessage()),
                            "the agent cannot start from it while no control plane answers",
                            "mv %1$s/desired-state.json %1$s/desired-state.bad   # it is fetched anew"
                                    .formatted(config.dataDirectory())));
        }
        try (LinuxKernel kernel = LinuxKernel.open()) {
            findings.addAll(new Doctor(config, kernel).examine(state));
        }
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(new String(WireJson.write(new Findings(findings)), StandardCharsets.UTF_8));
        } else if (findings.isEmpty()) {
            out.println("nothing found");
        } else {
            findings.forEach(one ->
                    out.printf(
                            "%-8s %s%n         why:  %s%n         cure: %s%n",
                            one.level(), one.what(), one.why(), one.cure()));
        }
        return exitCode(findings);
    }

    /// For scripts: what may be meant is not held against the machine.
    static int exitCode(List<Finding> findings) {
        return findings.stream().anyMatch(one -> one.level() == Finding.Level.FAULT) ? 1 : 0;
    }
}
