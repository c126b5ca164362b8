package dev.holdfast.netlink.socket;

import dev.holdfast.netlink.Errno;
import dev.holdfast.netlink.libc.Libc;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;

/// A connected socket whose packets carry a firewall mark. Blocking; each call waits for a limited
/// time. To be used by one thread.
public final class MarkedSocket implements AutoCloseable {

    private static final int AF_INET = 2;
    private static final int AF_INET6 = 10;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_SNDTIMEO = 21;
    private static final int SO_MARK = 36;
    private static final int MSG_NOSIGNAL = 0x4000;
    private static final int EINTR = 4;
    private static final int EAGAIN = 11;
    private static final int EINPROGRESS = 115;

    /// What is spoken over a socket. The numbers are those of `bits/socket_type.h`.
    public enum Kind {
        STREAM(1),
        DATAGRAM(2);

        private final int number;

        Kind(int number) {
            this.number = number;
        }
    }

    private final int fd;

    private MarkedSocket(int fd) {
        this.fd = fd;
    }

    /// Connects from an address of this machine.
    ///
    /// @param mark 0: none
    /// @param patience of each call, this one included
    /// @throws SocketTimeoutException when there was no answer in time
    /// @throws SocketException when the kernel, or the other side, refused
    public static MarkedSocket connect(
            Kind kind, int mark, InetAddress from, InetAddress to, int port, Duration patience)
            throws SocketException, SocketTimeoutException {
        int family = to instanceof Inet4Address ? AF_INET : AF_INET6;
        int fd = Libc.socket(family, kind.number | SOCK_CLOEXEC, 0);
        check("socket", fd);
        MarkedSocket socket = new MarkedSocket(fd);
        try {
            byte[] limit = time(patience);
            check("SO_RCVTIMEO", Libc.setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, limit));
            check("SO_SNDTIMEO", Libc.setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, limit));
            if (mark != 0) {
                check("SO_MARK", Libc.setsockopt(fd, SOL_SOCKET, SO_MARK, number(mark)));
            }
            check("bind to " + from.getHostAddress(), Libc.bind(fd, address(from, 0)));
            check("connect", Libc.connect(fd, address(to, port)));
            return socket;
        } catch (SocketException | SocketTimeoutException | RuntimeException e) {
            socket.close();
            throw e;
        }
    }

    /// Sends all of it.
    public void send(byte[] bytes) throws SocketException, SocketTimeoutException {
        int sent = 0;
        do {
            byte[] rest = sent == 0 ? bytes : Arrays.copyOfRange(bytes, sent, bytes.length);
            long result = Libc.send(fd, rest, MSG_NOSIGNAL);
            check("send", result);
            sent += (int) result;
        } while (sent < bytes.length);
    }

    /// Waits for some bytes, or one datagram.
    ///
    /// @return how many; 0 when the other side has ended the stream
    public int receive(byte[] buffer) throws SocketException, SocketTimeoutException {
        long result = Libc.recv(fd, buffer, 0);
        check("receive", result);
        return (int) result;
    }

    @Override
    public void close() {
        Libc.close(fd);
    }

    private static void check(String operation, long result)
            throws SocketException, SocketTimeoutException {
        if (result >= 0) {
            return;
        }
        int errno = (int) -result;
        if (errno == EAGAIN || errno == EINPROGRESS || errno == EINTR) {
            throw new SocketTimeoutException(operation + ": no answer in time");
        }
        throw new SocketException(operation, Errno.of(errno));
    }

    /// `struct timeval`, of the 64-bit ABI.
    private static byte[] time(Duration patience) {
        byte[] bytes = new byte[16];
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.nativeOrder())
                .putLong(patience.toSeconds())
                .putLong(patience.toNanosPart() / 1000);
        return bytes;
    }

    private static byte[] number(int value) {
        byte[] bytes = new byte[4];
        ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder()).putInt(value);
        return bytes;
    }

    /// `struct sockaddr_in` or `sockaddr_in6`: all but the family is in network order.
    private static byte[] address(InetAddress address, int port) {
        byte[] host = address.getAddress();
        boolean v4 = host.length == 4;
        byte[] bytes = new byte[v4 ? 16 : 28];
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.nativeOrder())
                .putShort((short) (v4 ? AF_INET : AF_INET6))
                .order(ByteOrder.BIG_ENDIAN)
                .putShort((short) port)
                .position(v4 ? 4 : 8) // after the flow information of IPv6
                .put(host);
        return bytes;
    }
}
