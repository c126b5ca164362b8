package dev.holdfast.agent.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class KeyTest {

    @ParameterizedTest
    @EnumSource(Key.class)
    void everyKeyIsInTheManualPageWithWhatItIsWhenLeftOut(Key key) throws IOException {
        String page =
                Files.readString(Path.of("deploy/agent/debian/holdfast-agent.8")).replace("\\", "");
        String entry = page.replaceAll("(?s).*\\.TP\n\\.B " + key.inFile() + "\n", "");

        assertThat(entry).isNotEqualTo(page);
        String otherwise = key.otherwise();
        if (otherwise != null) {
            assertThat(entry.replaceAll("(?s)\n\\.(TP|SH)\n?.*", "")).contains(otherwise);
        }
    }
}
