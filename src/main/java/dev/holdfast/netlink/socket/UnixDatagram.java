package dev.holdfast.netlink.socket;

import dev.holdfast.netlink.Errno;
import dev.holdfast.netlink.libc.Libc;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// One datagram to a UNIX socket, where Java's own channels speak streams alone. unix(7).
public final class UnixDatagram {

    private static final int AF_UNIX = 1;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int MSG_DONTWAIT = 0x40;
    private static final int FAMILY_BYTES = 2;
    private static final int PATH_BYTES_MAX = 107;

    private UnixDatagram() {}

    /// Sends without waiting for a receiver that does not keep up.
    ///
    /// @param path of the socket; with `@` first, a name in the abstract namespace
    /// @throws SocketException when nobody listens there, or the kernel refused
    public static void send(String path, byte[] bytes) throws SocketException {
        int fd = Libc.socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        check("socket", fd);
        try {
            check("connect to " + path, Libc.connect(fd, address(path)));
            check("send to " + path, Libc.send(fd, bytes, MSG_NOSIGNAL | MSG_DONTWAIT));
        } finally {
            Libc.close(fd);
        }
    }

    /// `struct sockaddr_un`, as long as its path and no longer: in the abstract namespace every
    /// byte counts.
    private static byte[] address(String path) {
        byte[] name = path.getBytes(StandardCharsets.UTF_8);
        if (name.length > PATH_BYTES_MAX) {
            throw new IllegalArgumentException(
                    "path: %d bytes (expected: at most %d)".formatted(name.length, PATH_BYTES_MAX));
        }
        boolean isAbstract = path.startsWith("@");
        byte[] address = new byte[FAMILY_BYTES + name.length + (isAbstract ? 0 : 1)];
        ByteBuffer.wrap(address).order(ByteOrder.nativeOrder()).putShort((short) AF_UNIX).put(name);
        if (isAbstract) {
            address[FAMILY_BYTES] = 0;
        }
        return address;
    }

    private static void check(String operation, long result) throws SocketException {
        if (result < 0) {
            throw new SocketException(operation, Errno.of((int) -result));
        }
    }
}
