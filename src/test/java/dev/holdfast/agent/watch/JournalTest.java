package dev.holdfast.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.client.UnreadableException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a state file keeps beside the state: changes since.
class JournalTest {

    private final SiteModel site = new SiteModel("e1");
    private Path directory;
    private Path journal;
    private StateFile disk;
    private NodeDesired before;

    /// A state of 20 services, and one change.
    @BeforeEach
    void aChangeIsSaved(@TempDir Path temporary) throws IOException {
        directory = temporary;
        journal = directory.resolve("desired-state.journal");
        disk = new StateFile(directory);
        for (int i = 0; i < 20; i++) {
            site.putService("s" + i, 3);
        }
        before = site.desired();
        disk.save(before);
        site.removeService("s3").putService("s4", 2);
        disk.save(site.desired());
    }

    private NodeDesired loaded() throws IOException {
        return new StateFile(directory).loadNode().orElseThrow();
    }

    /// 0 where there is none: a whole state takes it away.
    private static long size(Path file) throws IOException {
        return Files.exists(file) ? Files.size(file) : 0;
    }

    @Test
    void aChangeTakesWhatItChangesAndNotTheWholeState() throws IOException {
        assertThat(loaded().toJson()).isEqualTo(site.desired().toJson());
        long whole = Files.size(directory.resolve("desired-state.json"));
        assertThat(Files.size(journal)).isLessThan(whole / 5);
    }

    @Test
    void halfALineIsNoChange() throws IOException {
        byte[] all = Files.readAllBytes(journal);
        int begun = new String(all, StandardCharsets.UTF_8).indexOf('\n') + 1;
        for (int length = 0; length < all.length; length += 7) {
            Files.write(journal, Arrays.copyOf(all, length));
            assertThat(loaded().toJson()).as("%d of %d", length, begun).isEqualTo(before.toJson());
        }
    }

    @Test
    void aDamagedChangeIsFound() throws IOException {
        byte[] good = Files.readAllBytes(journal);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 300; i++) {
            byte[] bad = good.clone();
            int at = random.nextInt(bad.length - 1);
            bad[at] ^= (byte) (1 << random.nextInt(7));
            if (bad[at] != '\n' && good[at] != '\n') {
                Files.write(journal, bad);
                assertThatThrownBy(this::loaded)
                        .as("round %d, byte %d", i, at)
                        .isInstanceOf(UnreadableException.class)
                        .hasMessageContaining("desired-state.journal: damaged");
            }
        }
    }

    @Test
    void changesOfAnEarlierStateSayNothing() throws IOException {
        byte[] old = Files.readAllBytes(journal);
        site.putService("s5", 1);
        new StateFile(directory).save(site.desired()); // whole: another process
        Files.write(journal, old);
        assertThat(loaded().toJson()).isEqualTo(site.desired().toJson());
    }

    /// As after a reset: the state that the old changes went with is there again.
    @Test
    void changesOfTheSameStateInAnEarlierLifeSayNothing() throws IOException {
        new StateFile(directory).save(before);
        assertThat(loaded().toJson()).isEqualTo(before.toJson());
    }

    @Test
    void whatTheSiteAsAWholeBecomesIsWrittenWhole() throws IOException {
        NodeDesired now = site.desired();
        String moved =
                new String(now.toJson(), StandardCharsets.UTF_8)
                        .replace("\"port\":6080", "\"port\":7080");
        NodeDesired other = NodeDesired.full(moved.getBytes(StandardCharsets.UTF_8));
        assertThat(other.since(now)).isNull();
    }

    @Test
    void anyHistoryComesBackAndTheJournalStaysShorterThanTheState() throws IOException {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            site.change(random);
            NodeDesired now = site.desired();
            disk.save(now);
            assertThat(loaded().toJson()).as("seed %d, change %d", seed, i).isEqualTo(now.toJson());
            assertThat(size(journal)).isLessThan(now.toJson().length + 4000L);
        }
    }

    @Test
    void aHostsChangesComeBackToo(@TempDir Path host) throws IOException {
        StateFile file = new StateFile(host);
        int journaled = 0;
        int[][] histories = {{1, 2, 3}, {1, 3}, {1, 3, 4}, {4}, {4, 5, 6, 7}};
        for (int[] services : histories) {
            HostDesired state = HostModel.proven(HostModel.carrying(7, false, "", services));
            file.save(state);
            assertThat(new StateFile(host).loadHost().orElseThrow().toJson())
                    .isEqualTo(state.toJson());
            journaled += size(host.resolve("desired-state.journal")) > 0 ? 1 : 0;
        }
        assertThat(journaled).isPositive();
    }
}
