package dev.holdfast.agent.filter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.filter.Engine.Wish;
import dev.holdfast.agent.filter.Listing.Line;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilterMemoryTest {
    private static final Wish WISH = new Wish("wish", List.of());
    private static final Listing APPLIED = new Listing(List.of(new Line("x", "hf:a", "drop")));
    private static final Listing EDITED = new Listing(List.of(new Line("x", "hf:a", "accept")));

    @TempDir Path directory;

    @Test
    void anAgentThatStartsAgainKnowsWhatItApplied() {
        remembering().remember("nftables", WISH, APPLIED);
        assertThat(remembering().agrees("nftables", WISH, APPLIED)).isTrue();
        assertThat(remembering().agrees("nftables", new Wish("other", List.of()), APPLIED))
                .isFalse();
        assertThat(remembering().agrees("nftables", WISH, EDITED)).isFalse();
        assertThat(remembering().agrees("iptables-nft", WISH, APPLIED)).isFalse();
    }

    @Test
    void whetherSomebodyTouchedItIsKnownWhateverIsWishedByNow() {
        assertThat(remembering().left("nftables", Listing.EMPTY)).isFalse();
        FilterMemory memory = remembering();
        memory.remember("nftables", WISH, APPLIED);
        for (FilterMemory each : List.of(memory, remembering())) {
            assertThat(each.left("nftables", APPLIED)).isTrue();
            assertThat(each.left("nftables", EDITED)).isFalse();
        }
        assertThat(remembering().left("iptables-nft", APPLIED)).isFalse();
        memory.forget();
        assertThat(memory.left("nftables", APPLIED)).isFalse();
    }

    @Test
    void whatIsKnownOnlyInShortIsNoDriftYet() {
        remembering().remember("nftables", WISH, APPLIED);
        FilterMemory restarted = remembering();
        assertThat(restarted.agrees("nftables", WISH, EDITED)).isFalse();
        assertThat(restarted.drift(EDITED)).isEmpty();
    }

    @Test
    void afterTheFirstAgreementDriftIsToldAgain() {
        remembering().remember("nftables", WISH, APPLIED);
        FilterMemory restarted = remembering();
        assertThat(restarted.agrees("nftables", WISH, APPLIED)).isTrue();
        assertThat(restarted.drift(EDITED)).isEqualTo(Map.of(Drift.EDITED, 1L));
    }

    @Test
    void aFileThatCannotBeWrittenCostsNothingButTheNextStart() throws IOException {
        Files.createFile(directory.resolve("no-directory"));
        FilterMemory memory = new FilterMemory(directory.resolve("no-directory/filter"));
        memory.remember("nftables", WISH, APPLIED);
        assertThat(memory.agrees("nftables", WISH, APPLIED)).isTrue();
        assertThat(
                        new FilterMemory(directory.resolve("no-directory/filter"))
                                .agrees("nftables", WISH, APPLIED))
                .isFalse();
    }

    @Test
    void whatIsForgottenIsForgottenOnDiskToo() {
        FilterMemory memory = remembering();
        memory.remember("nftables", WISH, APPLIED);
        memory.forget();
        assertThat(memory.agrees("nftables", WISH, APPLIED)).isFalse();
        assertThat(directory).isEmptyDirectory();
    }

    private FilterMemory remembering() {
        return new FilterMemory(directory.resolve("filter"));
    }
}
