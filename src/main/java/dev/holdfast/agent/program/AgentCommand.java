package dev.holdfast.agent.program;

import dev.holdfast.agent.config.AgentConfig;
import dev.holdfast.agent.config.ConfigException;
import dev.holdfast.agent.config.ConfigFile;
import dev.holdfast.agent.report.Machine;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/// `holdfast-agent`, and what its commands share.
///
/// Exit codes: 0 done; 1 it could not be done; 2 the command line or the configuration is wrong.
@Command(
        name = "holdfast-agent",
        description = "Makes this machine what its Holdfast control plane says it should be.",
        mixinStandardHelpOptions = true,
        versionProvider = AgentCommand.Version.class,
        subcommands = {
            RunCommand.class,
            PlanCommand.class,
            StatusCommand.class,
            CleanupCommand.class,
            DoctorCommand.class
        })
public final class AgentCommand {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            scope = ScopeType.INHERIT,
            defaultValue = "/etc/holdfast/agent.properties",
            description =
                    "Configuration; the environment (HOLDFAST_...) wins over it."
                            + " Default: ${DEFAULT-VALUE}")
    private Path config = Path.of("/etc/holdfast/agent.properties");

    /// @return the exit code
    public static int execute(String[] args) {
        CommandLine line = new CommandLine(new AgentCommand());
        line.setExecutionExceptionHandler((e, command, _) -> {
            command.getErr().println("holdfast-agent: " + e.getMessage());
            return e instanceof ConfigException
                    ? CommandLine.ExitCode.USAGE
                    : CommandLine.ExitCode.SOFTWARE;
        });
        return line.execute(args);
    }

    AgentConfig read() throws ConfigException {
        return ConfigFile.read(config, System.getenv());
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {"holdfast-agent " + Machine.agentVersion()};
        }
    }
}
