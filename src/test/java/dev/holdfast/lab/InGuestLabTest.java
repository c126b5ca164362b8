package dev.holdfast.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.NetworkInterface;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/// What a test class with [InGuest] can count on.
@InGuest
class InGuestLabTest {
    private static int preparations;

    @BeforeAll
    static void prepare() {
        preparations++;
    }

    @Test
    void methodsRunInTheGuestsKernel() throws IOException {
        assertThat(Files.readString(Path.of("/proc/sys/kernel/hostname"))).isEqualTo("lab\n");
        assertThat(Path.of("/proc/net/ip_vs")).exists();
    }

    @Test
    void theirNetworkNamespaceIsEmpty() throws IOException {
        assertThat(Collections.list(NetworkInterface.getNetworkInterfaces()))
                .extracting(NetworkInterface::getName)
                .containsExactly("lo");
    }

    @Test
    void preparationRunsInTheGuestAndOnce() {
        assertThat(preparations).isEqualTo(1);
    }
}
