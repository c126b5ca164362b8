package dev.holdfast.agent.watch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.client.UnreadableException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateFileTest {

    private final SiteModel site = new SiteModel("e1").putService("shop", 3);
    private NodeDesired state;
    private Path file;
    private StateFile disk;

    @BeforeEach
    void save(@TempDir Path directory) throws IOException {
        state = NodeDesired.full(site.json(site.full()));
        file = directory.resolve("data/desired-state.json");
        disk = new StateFile(directory.resolve("data"));
        disk.save(state);
    }

    @Test
    void nothingOnDiskIsNothingAndNotAnError(@TempDir Path empty) throws IOException {
        assertThat(new StateFile(empty).loadNode()).isEmpty();
    }

    /// `deploy/agent/image` has it read while it learns what an agent needs.
    @Test
    void theStateOfTheRehearsalIsReadAsAnyOther() throws IOException {
        NodeDesired rehearsed =
                new StateFile(Path.of("deploy/agent/rehearsal")).loadNode().orElseThrow();
        assertThat(rehearsed.services().sorted()).containsOnlyKeys("mail6", "shop");
    }

    @Test
    void whatWasSavedLastComesBack() throws IOException {
        NodeDesired next = state.merge(site.json(site.putService("mail", 1).deltaFrom(2)));
        disk.save(next);
        NodeDesired loaded = disk.loadNode().orElseThrow();
        assertThat(loaded.toJson()).isEqualTo(next.toJson());
        assertThat(loaded.services().sorted()).isEqualTo(next.services().sorted());
        assertThat(file.resolveSibling("desired-state.tmp")).doesNotExist();
    }

    @Test
    void anyDamageIsFound() throws IOException {
        byte[] good = Files.readAllBytes(file);
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 500; i++) {
            byte[] bad = good.clone();
            if (i % 2 == 0) {
                bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
            } else {
                bad = Arrays.copyOf(good, random.nextInt(good.length));
            }
            Files.write(file, bad);
            assertThatThrownBy(disk::loadNode)
                    .as("round %d", i)
                    .isInstanceOf(UnreadableException.class)
                    .hasMessageContaining(file.toString());
        }
    }

    @Test
    void aCrashBeforeTheRenameLeavesTheLastGoodOne() throws IOException {
        Files.writeString(file.resolveSibling("desired-state.tmp"), "{\"half\":");
        assertThat(disk.loadNode().orElseThrow().toJson()).isEqualTo(state.toJson());
        disk.save(state);
        assertThat(disk.loadNode()).isPresent();
    }
}
