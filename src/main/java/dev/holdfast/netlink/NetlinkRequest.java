package dev.holdfast.netlink;

import static dev.holdfast.netlink.LinuxNetlink.NLMSG_HDRLEN;
import static dev.holdfast.netlink.LinuxNetlink.NLM_F_REQUEST;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.Supplier;

/// One message to the kernel, without the sequence number it gets when it is sent.
public final class NetlinkRequest {

    private final Supplier<String> operation;
    private final int type;
    private final int flags;
    private final byte[] payload;

    /// @param operation what the request does, for errors: `add link t1`. Asked for only then
    /// @param type the message type, or the number of a generic netlink family
    /// @param flags modifiers such as `NLM_F_CREATE`; those of the exchange itself are set by it
    /// @param payload what follows `struct nlmsghdr`
    public NetlinkRequest(Supplier<String> operation, int type, int flags, byte[] payload) {
        this.operation = operation;
        this.type = type;
        this.flags = flags;
        this.payload = payload;
    }

    String operation() {
        return operation.get();
    }

    /// In bytes, header and padding included.
    int length() {
        return LinuxNetlink.align(NLMSG_HDRLEN + payload.length);
    }

    void writeTo(ByteBuffer datagram, int exchangeFlags, int sequence) {
        datagram.putInt(NLMSG_HDRLEN + payload.length)
                .putShort((short) type)
                .putShort((short) (NLM_F_REQUEST | flags | exchangeFlags))
                .putInt(sequence)
                .putInt(0) // the kernel knows whose socket it is
                .put(payload)
                .put(new byte[length() - NLMSG_HDRLEN - payload.length]);
    }

    byte[] toBytes(int exchangeFlags, int sequence) {
        ByteBuffer bytes = ByteBuffer.allocate(length()).order(ByteOrder.nativeOrder());
        writeTo(bytes, exchangeFlags, sequence);
        return bytes.array();
    }
}
