package dev.holdfast.agent.nftables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.agent.tool.Tool;
import dev.holdfast.agent.tool.ToolException;
import dev.holdfast.lab.InGuest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a real kernel holds after each change of a table of our own.
@InGuest
class OwnTableLabTest {

    private static final String ONE =
            """
            map way_one { type ipv4_addr : mark
                elements = { 198.51.100.1 : 0x1, 198.51.100.2 : 0x2 } }
            chain in { type filter hook input priority mangle; policy accept;
                meta mark set ip daddr map @way_one
            }
            """;
    private static final String TWO =
            """
            set other_two { type ipv4_addr
                elements = { 198.51.100.3 } }
            chain in { type filter hook input priority mangle; policy accept;
                ip daddr @other_two jump aside
            }
            chain aside {
                counter
            }
            """;

    @TempDir private Path directory;
    private final Tool nft = new Tool("nft", "nftables");
    private final OwnTable table = new OwnTable(nft, "ip", "holdfast-own");

    /// What stands in the table; in which order its chains were made does not matter.
    private List<String> shown() throws ToolException {
        String text = nft.run("", "-s", "list", "table", "ip", "holdfast-own").orThrow();
        return text.lines().map(String::strip).sorted().toList();
    }

    @Test
    void aTableIsChangedToAnotherOneAndBackAndNothingOfTheFirstIsLeft() throws ToolException {
        assertThat(table.keep(ONE)).isFalse();
        List<String> first = shown();
        assertThat(first).anyMatch(line -> line.contains("198.51.100.2 : 0x00000002"));

        assertThat(table.keep(TWO)).isFalse();
        assertThat(shown())
                .contains("set other_two {", "ip daddr @other_two jump aside")
                .noneMatch(line -> line.contains("way_one"));

        assertThat(table.keep(ONE)).isFalse();
        assertThat(shown()).isEqualTo(first);
    }

    @Test
    void whatSomebodyChangedIsPutBackAndSaid() throws ToolException {
        table.keep(TWO);
        List<String> asWritten = shown();

        nft.run("flush chain ip holdfast-own in\n", "-f", "-").orThrow();
        assertThat(table.keep(TWO)).isTrue();
        assertThat(shown()).isEqualTo(asWritten);

        nft.run("add element ip holdfast-own other_two { 198.51.100.9 }\n", "-f", "-").orThrow();
        assertThat(table.keep(TWO)).isTrue();
        assertThat(shown()).isEqualTo(asWritten);
    }

    /// What an agent leaves that is killed between the two transactions of a change.
    @Test
    void aChangeThatEndedHalfWayIsDoneToItsEnd() throws Exception {
        table.keep(ONE);
        List<String> first = shown();
        Path dying = directory.resolve("nft");
        Files.writeString(
                dying,
                """
                #!/bin/sh
                case "$*" in
                    "-f -") text=$(cat); case $text in add*) kill -9 $$ ;; esac
                        echo "$text" | nft -f - ;;
                    *) exec nft "$@" ;;
                esac
                """);
        assertThat(dying.toFile().setExecutable(true)).isTrue();
        OwnTable killed =
                new OwnTable(new Tool(dying.toString(), "nftables"), "ip", "holdfast-own");
        assertThatThrownBy(() -> killed.keep(TWO)).isInstanceOf(ToolException.class);
        assertThat(shown()).anyMatch(line -> line.contains("way_one"));
        assertThat(shown()).anyMatch(line -> line.contains("other_two"));

        new OwnTable(nft, "ip", "holdfast-own").keep(TWO);
        assertThat(shown()).contains("chain aside {").noneMatch(line -> line.contains("way_one"));

        table.remove();
        table.keep(ONE);
        assertThatThrownBy(() -> killed.keep(TWO)).isInstanceOf(ToolException.class);
        new OwnTable(nft, "ip", "holdfast-own").keep(ONE);
        assertThat(shown()).as("back again").isEqualTo(first);
    }

    @Test
    void afterAStartWhatIsThereIsLeftAlone() throws ToolException {
        table.keep(ONE);
        nft.run("add table ip foreign\n", "-f", "-").orThrow();

        OwnTable started = new OwnTable(nft, "ip", "holdfast-own");
        assertThat(started.keep(ONE)).isFalse();
        assertThat(started.isThere()).isTrue();

        started.remove();
        assertThat(started.isThere()).isFalse();
        assertThat(nft.run("", "list", "tables").orThrow()).contains("foreign");
    }
}
