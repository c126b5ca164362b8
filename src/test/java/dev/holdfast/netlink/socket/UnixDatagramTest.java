package dev.holdfast.netlink.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.netlink.libc.Libc;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnixDatagramTest {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;

    @TempDir private Path directory;

    /// Sends to a receiver that is bound to the bytes of `path`, and gives what came.
    private static String sent(String path, byte[] bound, String text) throws SocketException {
        byte[] address = new byte[2 + bound.length];
        ByteBuffer.wrap(address)
                .order(ByteOrder.nativeOrder())
                .putShort((short) AF_UNIX)
                .put(bound);
        int receiver = Libc.socket(AF_UNIX, SOCK_DGRAM, 0);
        try {
            assertThat(Libc.bind(receiver, address)).isZero();
            UnixDatagram.send(path, text.getBytes(StandardCharsets.UTF_8));
            byte[] heard = new byte[100];
            int length = (int) Libc.recv(receiver, heard, 0);
            return new String(Arrays.copyOf(heard, length), StandardCharsets.UTF_8);
        } finally {
            Libc.close(receiver);
        }
    }

    @Test
    void aSocketInTheFileSystemHearsWhatIsSent() throws SocketException {
        String path = directory.resolve("notify").toString();
        byte[] terminated = (path + "\0").getBytes(StandardCharsets.UTF_8);

        assertThat(sent(path, terminated, "READY=1")).isEqualTo("READY=1");
    }

    @Test
    void soDoesOneInTheAbstractNamespace() throws SocketException {
        String name = "holdfast-test-" + UUID.randomUUID();
        byte[] exact = ("\0" + name).getBytes(StandardCharsets.UTF_8);

        assertThat(sent("@" + name, exact, "WATCHDOG=1")).isEqualTo("WATCHDOG=1");
    }

    @Test
    void aRefusalNamesTheSocketAndTheErrno() {
        String path = directory.resolve("nobody").toString();

        assertThatThrownBy(() -> UnixDatagram.send(path, new byte[] {1}))
                .isInstanceOf(SocketException.class)
                .hasMessageContaining("connect to " + path)
                .hasMessageContaining("ENOENT");
    }
}
