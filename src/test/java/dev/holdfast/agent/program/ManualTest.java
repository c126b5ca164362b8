package dev.holdfast.agent.program;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// The manual page knows what the program knows.
class ManualTest {

    @Test
    void everyCommandAndEveryOptionIsInTheManualPage() throws IOException {
        String page =
                Files.readString(Path.of("deploy/agent/debian/holdfast-agent.8")).replace("\\", "");
        List<String> words = new ArrayList<>();
        words(new CommandLine(new AgentCommand()), words);

        assertThat(words).contains("doctor", "--yes", "--config");
        assertThat(words).allSatisfy(word -> assertThat(page).contains(word));
    }

    private static void words(CommandLine command, List<String> words) {
        words.add(command.getCommandName());
        command.getCommandSpec().options().forEach(option -> words.addAll(List.of(option.names())));
        command.getSubcommands().values().forEach(sub -> words(sub, words));
    }
}
