package dev.holdfast.agent.program;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OneAgentTest {

    @TempDir private Path directory;

    @Test
    void theSecondIsToldWhyNot() throws IOException {
        try (OneAgent _ = OneAgent.of(directory.resolve("agent"))) {
            assertThatThrownBy(() -> OneAgent.of(directory.resolve("agent")))
                    .hasMessageContaining("an agent runs with data in " + directory)
                    .hasMessageContaining("expected: it is stopped first");
        }
        OneAgent.of(directory.resolve("agent")).close();
    }
}
