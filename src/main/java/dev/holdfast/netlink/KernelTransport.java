package dev.holdfast.netlink;

import dev.holdfast.netlink.libc.Libc;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;

/// A netlink socket of this process, in the network namespace of the thread that opens it.
final class KernelTransport implements NetlinkTransport {

    // bits/socket.h, bits/socket_type.h, asm-generic/socket.h
    private static final int AF_NETLINK = 16;
    private static final int SOCK_RAW = 3;
    private static final int SOCK_CLOEXEC = 0x80000;
    private static final int MSG_TRUNC = 0x20;
    private static final int SOL_SOCKET = 1;
    private static final int SO_RCVTIMEO = 20;
    private static final int SO_SNDTIMEO = 21;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int SOL_NETLINK = 270; // linux/socket.h

    private static final int SOCKADDR_NL_LENGTH = 12;

    // The kernel fills at most 32 KiB in one go when it dumps; a single answer may be somewhat
    // longer.
    private static final int RECEIVE_BYTES = 64 * 1024;
    // Room for the answers to one batch even if every request in it is refused.
    private static final int RECEIVE_QUEUE_BYTES = 1024 * 1024;

    private final Duration timeout;
    private final int fd;
    private final MemorySegment buffer = Arena.ofAuto().allocate(RECEIVE_BYTES);
    private int portId;
    private boolean open = true;

    KernelTransport(NetlinkProtocol protocol, Duration timeout) throws NetlinkException {
        this.timeout = timeout;
        this.fd =
                (int)
                        checked(
                                "open " + protocol + " socket",
                                Libc.socket(
                                        AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, protocol.number()));
        try {
            prepare();
        } catch (NetlinkException e) {
            close();
            throw e;
        }
    }

    private void prepare() throws NetlinkException {
        option("SO_RCVTIMEO", SOL_SOCKET, SO_RCVTIMEO, timeval(timeout));
        option("SO_SNDTIMEO", SOL_SOCKET, SO_SNDTIMEO, timeval(timeout));
        byte[] on = integer(1);
        option("NETLINK_CAP_ACK", SOL_NETLINK, LinuxNetlink.NETLINK_CAP_ACK, on);
        option("NETLINK_EXT_ACK", SOL_NETLINK, LinuxNetlink.NETLINK_EXT_ACK, on);
        option("NETLINK_GET_STRICT_CHK", SOL_NETLINK, LinuxNetlink.NETLINK_GET_STRICT_CHK, on);
        // Needs CAP_NET_ADMIN. Who lacks that only reads, and reads well with the default.
        Libc.setsockopt(fd, SOL_SOCKET, SO_RCVBUFFORCE, integer(RECEIVE_QUEUE_BYTES));
        byte[] anyPort =
                ByteBuffer.allocate(SOCKADDR_NL_LENGTH)
                        .order(ByteOrder.nativeOrder())
                        .putShort((short) AF_NETLINK)
                        .array();
        checked("bind", Libc.bind(fd, anyPort));
        byte[] address = new byte[SOCKADDR_NL_LENGTH];
        checked("getsockname", Libc.getsockname(fd, address));
        portId = ByteBuffer.wrap(address).order(ByteOrder.nativeOrder()).getInt(4); // nl_pid
    }

    @Override
    public int portId() {
        return portId;
    }

    @Override
    public void send(byte[] datagram) throws NetlinkException {
        long sent = checked("send", retried(() -> Libc.send(openFd(), datagram, 0)));
        if (sent != datagram.length) {
            throw new NetlinkException(
                    "send",
                    Errno.EMSGSIZE,
                    sent + " bytes taken (expected: " + datagram.length + ")");
        }
    }

    @Override
    public byte[] receive() throws NetlinkException {
        long received = retried(() -> Libc.recv(openFd(), buffer, MSG_TRUNC));
        if (received == -Errno.EAGAIN.number()) {
            throw new NetlinkException(
                    "receive", Errno.ETIMEDOUT, "no answer within " + timeout.toMillis() + " ms");
        }
        checked("receive", received);
        if (received > RECEIVE_BYTES) {
            throw new NetlinkException(
                    "receive",
                    Errno.EMSGSIZE,
                    "datagram of " + received + " bytes (expected: at most " + RECEIVE_BYTES + ")");
        }
        return buffer.asSlice(0, received).toArray(ValueLayout.JAVA_BYTE);
    }

    @Override
    public void close() {
        if (open) {
            open = false;
            Libc.close(fd);
        }
    }

    // The number may already be another file's when the socket is closed.
    private int openFd() {
        if (!open) {
            throw new IllegalStateException("netlink socket: closed (expected: open)");
        }
        return fd;
    }

    private interface Call {
        long make();
    }

    // A signal the JVM uses for itself may cut a call short.
    private static long retried(Call call) {
        long result = call.make();
        while (result == -Errno.EINTR.number()) {
            result = call.make();
        }
        return result;
    }

    private static long checked(String operation, long result) throws NetlinkException {
        if (result < 0) {
            Errno errno = Errno.of((int) -result);
            throw new NetlinkException(operation, errno, errno.text());
        }
        return result;
    }

    private void option(String name, int level, int number, byte[] value) throws NetlinkException {
        checked("set " + name, Libc.setsockopt(fd, level, number, value));
    }

    private static byte[] integer(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.nativeOrder()).putInt(value).array();
    }

    // struct timeval on 64-bit machines
    private static byte[] timeval(Duration duration) {
        return ByteBuffer.allocate(16)
                .order(ByteOrder.nativeOrder())
                .putLong(duration.toSeconds())
                .putLong(duration.toNanosPart() / 1000)
                .array();
    }
}
