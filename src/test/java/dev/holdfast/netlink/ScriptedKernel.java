package dev.holdfast.netlink;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/// A kernel that says what a test wants it to say. All it replaces is the transport of bytes.
public final class ScriptedKernel implements NetlinkTransport {

    static final int PORT_ID = 4711;

    private final Function<NetlinkMessage, List<byte[]>> script;
    private final Deque<byte[]> answers = new ArrayDeque<>();
    private final List<byte[]> sent = new ArrayList<>();
    private boolean closed;

    private ScriptedKernel(Function<NetlinkMessage, List<byte[]>> script) {
        this.script = script;
    }

    /// @param script the datagrams that answer one request
    public static ScriptedKernel answering(Function<NetlinkMessage, List<byte[]>> script) {
        return new ScriptedKernel(script);
    }

    /// Says yes to everything.
    public static ScriptedKernel acknowledging() {
        return answering(request ->
                request.has(LinuxNetlink.NLM_F_ACK) ? List.of(Replies.ack(request)) : List.of());
    }

    /// Answers a look-up of a generic netlink family with what a real kernel said, and all else by
    /// the script.
    public static ScriptedKernel withFamily(
            Capture lookUp, Function<NetlinkMessage, List<byte[]>> script) {
        return answering(request ->
                request.type() == LinuxNetlink.NLMSG_MIN_TYPE
                        ? lookUp.exchanges().getFirst().answersTo(request)
                        : script.apply(request));
    }

    /// Everything that was sent, datagram by datagram.
    public List<byte[]> sent() {
        return Collections.unmodifiableList(sent);
    }

    /// The last request that was sent.
    public NetlinkMessage lastSent() {
        return NetlinkMessage.split(sent.getLast()).getLast();
    }

    public boolean isClosed() {
        return closed;
    }

    @Override
    public void send(byte[] datagram) {
        sent.add(Arrays.copyOf(datagram, datagram.length));
        for (NetlinkMessage request : NetlinkMessage.split(datagram)) {
            answers.addAll(script.apply(request));
        }
    }

    @Override
    public byte[] receive() throws NetlinkException {
        byte[] answer = answers.poll();
        if (answer == null) {
            throw new NetlinkException("receive", Errno.ETIMEDOUT, "the script has ended");
        }
        return answer;
    }

    @Override
    public int portId() {
        return PORT_ID;
    }

    @Override
    public void close() {
        closed = true;
    }
}
