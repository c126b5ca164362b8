package dev.holdfast.agent.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.maglev.TableSize;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelBuildTest {

    @TempDir private Path root;

    @BeforeEach
    void runs() throws IOException {
        write("proc/sys/kernel/osrelease", "6.1.0\n");
    }

    private Path file(String name) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.resolveSibling("."));
        return file;
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(file(name), text);
    }

    private static String index(int index) {
        return "CONFIG_IP_VS=m\nCONFIG_IP_VS_MH_TAB_INDEX=" + index + "\nCONFIG_IP_VS_NFCT=y\n";
    }

    @Test
    void itsTableIsAsLargeAsItsConfigurationSays() throws IOException {
        write("boot/config-6.1.0", index(14));
        write("boot/config-6.1.1", index(9));

        assertThat(new KernelBuild(root).release()).hasValue("6.1.0");
        assertThat(new KernelBuild(root).tableSize()).hasValue(TableSize.SLOTS_16381);
    }

    @Test
    void someKeepItBesideTheirModules() throws IOException {
        write("lib/modules/6.1.0/config", index(8));

        assertThat(new KernelBuild(root).tableSize()).hasValue(TableSize.SLOTS_251);
    }

    @Test
    void whatTheKernelSaysItselfCountsMost() throws IOException {
        write("boot/config-6.1.0", index(14));
        try (var packed = new GZIPOutputStream(Files.newOutputStream(file("proc/config.gz")))) {
            packed.write(index(12).getBytes(StandardCharsets.UTF_8));
        }

        assertThat(new KernelBuild(root).tableSize()).hasValue(TableSize.SLOTS_4093);
    }

    @Test
    void nothingIsMadeUp() throws IOException {
        assertThat(new KernelBuild(root).tableSize()).isEmpty();

        write("boot/config-6.1.0", "# CONFIG_IP_VS_MH is not set\n");
        assertThat(new KernelBuild(root).tableSize()).isEmpty();

        write("boot/config-6.1.0", index(3));
        assertThat(new KernelBuild(root).tableSize()).isEmpty();
    }
}
