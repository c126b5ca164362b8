package dev.holdfast.netlink.sysctl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SysctlTest {

    @TempDir private Path root;
    private Sysctl sysctl;

    @BeforeEach
    void make() throws IOException {
        Files.createDirectories(root.resolve("net/ipv4/conf/eth0.100"));
        Files.writeString(root.resolve("net/ipv4/ip_forward"), "0\n");
        Files.writeString(root.resolve("net/ipv4/conf/eth0.100/rp_filter"), "2\n");
        sysctl = new Sysctl(root);
    }

    @Test
    void aValueIsReadWithoutItsLineFeedAndWritten() throws SysctlException {
        assertThat(sysctl.read("net/ipv4/ip_forward")).isEqualTo("0");
        sysctl.write("net/ipv4/ip_forward", "1");
        assertThat(sysctl.find("net/ipv4/ip_forward")).contains("1");
        assertThat(sysctl.read("net/ipv4/conf/eth0.100/rp_filter")).isEqualTo("2");
    }

    @Test
    void aMissingSettingIsNamed() throws SysctlException {
        assertThat(sysctl.find("net/ipv4/vs/sloppy_tcp")).isEmpty();
        assertThatExceptionOfType(SysctlException.class)
                .isThrownBy(() -> sysctl.read("net/ipv4/nothing"))
                .withMessage("sysctl net/ipv4/nothing: no such setting");
        assertThatExceptionOfType(SysctlException.class)
                .isThrownBy(() -> sysctl.write("net/ipv4/vs/sloppy_tcp", "1"))
                .withMessage(
                        "sysctl net/ipv4/vs/sloppy_tcp: no such setting (expected: the module"
                                + " ip_vs, loaded)");
        assertThat(root.resolve("net/ipv4/vs")).doesNotExist();
    }

    @Test
    void whatIsNotASettingCannotBeReached() {
        for (String key : new String[] {"", "../etc/passwd", "/etc/passwd", "net/../..", "a b"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> sysctl.read(key))
                    .withMessage(
                            "sysctl key: \""
                                    + key
                                    + "\" (expected: a path such as net/ipv4/ip_forward)");
        }
    }

    @Test
    void whatTheKernelSaysToAValueIsTold() {
        Sysctl real = new Sysctl();
        // Read by everyone, written by nobody.
        assertThatExceptionOfType(SysctlException.class)
                .isThrownBy(() -> real.write("kernel/ostype", "Other"))
                .withMessageStartingWith("sysctl kernel/ostype: value \"Other\": ");
    }
}
