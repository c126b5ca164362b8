package dev.holdfast.agent.program;

import dev.holdfast.agent.config.AgentConfig;
import dev.holdfast.agent.report.AgentStatus;
import dev.holdfast.agent.report.StatusFile;
import dev.holdfast.client.WireJson;
import dev.holdfast.wire.Failure;
import dev.holdfast.wire.Report;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(
        name = "status",
        description =
                "Prints how the agent stands."
                        + " Exit code 1 when something failed or was refused, or it is silent.",
        mixinStandardHelpOptions = true)
final class StatusCommand implements Callable<Integer> {

    @ParentCommand private AgentCommand agent = new AgentCommand();
    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", description = "As JSON, for programs.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        AgentConfig config = agent.read();
        PrintWriter out = spec.commandLine().getOut();
        Optional<AgentStatus> found = new StatusFile(config.dataDirectory()).load();
        if (found.isEmpty()) {
            out.println("no agent ran with data in " + config.dataDirectory() + " yet");
            return 1;
        }
        AgentStatus status = found.get();
        Duration silence = Duration.between(status.writtenAt(), Instant.now());
        boolean silent = silence.compareTo(config.report().multipliedBy(3)) > 0;
        Report report = status.report();
        List<Failure> failures =
                report == null
                        ? List.of()
                        : Objects.requireNonNullElse(report.failures(), List.<Failure>of());
        if (json) {
            out.println(new String(WireJson.write(status), StandardCharsets.UTF_8));
        } else {
            contact(out, status, silent ? silence : Duration.ZERO);
            if (report != null) {
                work(out, report, failures);
            }
        }
        boolean refused = report != null && report.refusedRevision() != null;
        return silent || report == null || refused || !failures.isEmpty() ? 1 : 0;
    }

    private static void contact(PrintWriter out, AgentStatus status, Duration silence) {
        Report report = status.report();
        out.printf(
                "applied       %s%n",
                report == null || report.revision() == null
                        ? "nothing yet"
                        : "revision %d of epoch %s".formatted(report.revision(), report.epoch()));
        if (report != null && report.refusedRevision() != null) {
            out.printf("refused       %s%n", report.why());
        }
        out.printf(
                "agent         %s%n",
                silence.isZero() ? "running" : "silent for " + silence.toSeconds() + " s");
        out.printf(
                "control plane %s%n",
                status.problem() == null
                        ? "answers"
                        : status.problem() + "; last heard " + heard(status));
    }

    private static void work(PrintWriter out, Report report, List<Failure> failures) {
        if (report.repaired() != null && !report.repaired().isEmpty()) {
            out.printf("repaired      %s%n", report.repaired());
        }
        announcing(out, report);
        out.printf("failures      %s%n", failures.isEmpty() ? "none" : failures.size());
        failures.forEach(failure ->
                out.printf(
                        "  %s: %s: %s%n",
                        failure.resource(), failure.operation(), failure.error()));
    }

    private static void announcing(PrintWriter out, Report report) {
        List<Report.Announced> announced =
                Objects.requireNonNullElse(report.announced(), List.<Report.Announced>of());
        List<Report.Withheld> withheld =
                Objects.requireNonNullElse(report.withheld(), List.<Report.Withheld>of());
        if (announced.isEmpty() && withheld.isEmpty()) {
            return;
        }
        out.printf(
                "announced     %s%n",
                announced.isEmpty()
                        ? "nothing"
                        : announced.stream()
                                .map(one -> one.vip() + " by " + one.session())
                                .collect(Collectors.joining(", ")));
        withheld.forEach(one ->
                out.printf("  not %s: %s%n", one.vip() == null ? "any" : one.vip(), one.why()));
    }

    private static String heard(AgentStatus status) {
        return status.heardAt() == null ? "never" : status.heardAt().toString();
    }
}
