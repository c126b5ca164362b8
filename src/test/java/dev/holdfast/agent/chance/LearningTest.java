package dev.holdfast.agent.chance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.watch.HostDesired;
import dev.holdfast.agent.watch.HostModel;
import dev.holdfast.wire.Family;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A host that begins to track connections beside live traffic asks nobody for them yet.
class LearningTest {

    private static final String GUE = "{\"kind\": \"GUE\", \"port\": 6080}";
    private static final String TABLE =
            """
            {"affinity": "CONNECTION", "destinations":
             [{"host": "be2", "ordinal": 2, "address": "10.3.2.2", "weight": 1, "serving": true}]}\
            """;

    @TempDir private Path directory;
    private Duration now = Duration.ofDays(30);
    private boolean isHere = true;

    @Test
    void aServiceWithEarlierTablesAndAVipThatIsHereIsLearnedForAWhile() throws Exception {
        Learning learning = learning();
        learning.begin(Family.IPV4, host(TABLE));
        assertThat(learning.services()).containsExactly("shop");
        HostDesired host = host(TABLE);
        assertThat(ChanceScript.of(Family.IPV4, host, Set.of()).orElseThrow()).contains("inner");
        assertThat(ChanceScript.of(Family.IPV4, host, learning.services()).orElseThrow())
                .contains("chain tracked")
                .doesNotContain("inner");

        now = now.plus(Learning.LONG_ENOUGH).minusSeconds(1);
        assertThat(learning().services()).as("after a restart").containsExactly("shop");
        now = now.plusSeconds(1);
        assertThat(learning.services()).isEmpty();
        assertThat(learning().services()).isEmpty();
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void aHostThatIsNewToTheVipAsksAtOnce() throws Exception {
        isHere = false;
        Learning learning = learning();
        learning.begin(Family.IPV4, host(TABLE));
        assertThat(learning.services()).isEmpty();
    }

    @Test
    void whatHasNoEarlierTablesOrIsOfTheOtherFamilyHasNothingToLearn() throws Exception {
        Learning learning = learning();
        learning.begin(Family.IPV4, host(""));
        learning.begin(Family.IPV6, host(TABLE));
        assertThat(learning.services()).isEmpty();
    }

    @Test
    void aRebootEndsIt() throws Exception {
        learning().begin(Family.IPV4, host(TABLE));
        isHere = false;
        Learning rebooted = learning();
        rebooted.begin(Family.IPV4, host(TABLE));
        assertThat(rebooted.services()).isEmpty();
    }

    @Test
    void whatWasWrittenBeforeAMachineStartedAnewIsOver() throws Exception {
        learning().begin(Family.IPV4, host(TABLE));
        now = Duration.ofMinutes(1);
        assertThat(learning().services()).isEmpty();
    }

    @Test
    void aSpoiltFileIsNoEndOfTheAgent() throws Exception {
        Files.write(
                directory.resolve("learning"),
                "shop\nshop x y\nshop soon\n\n\u00ff".getBytes(StandardCharsets.ISO_8859_1));
        assertThat(learning().services()).isEmpty();
    }

    private Learning learning() {
        return new Learning(directory.resolve("learning"), () -> now, _ -> isHere);
    }

    private static HostDesired host(String chances) {
        return HostModel.of(
                GUE,
                "198.51.100.1",
                """
                [{"name": "shop", "vip": "shop", "chances": [%s], "tracked": true,
                  "ports": [{"protocol": "TCP", "port": 80}]}]\
                """
                        .formatted(chances));
    }
}
