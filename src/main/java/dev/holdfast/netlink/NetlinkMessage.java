package dev.holdfast.netlink;

import static dev.holdfast.netlink.LinuxNetlink.NLMSG_HDRLEN;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/// One message from the kernel: the fields of `struct nlmsghdr`, and what follows.
///
/// @param type a control message or the family's own number
/// @param flags `NLM_F_…`
/// @param sequence that of the request it answers
/// @param portId whom it is for
/// @param body what follows the header, in the machine's byte order
public record NetlinkMessage(int type, int flags, int sequence, int portId, ByteBuffer body) {

    /// Takes a datagram apart.
    ///
    /// @throws MalformedMessage when a length does not fit
    static List<NetlinkMessage> split(byte[] datagram) {
        ByteBuffer bytes = ByteBuffer.wrap(datagram).order(ByteOrder.nativeOrder());
        List<NetlinkMessage> messages = new ArrayList<>();
        while (bytes.hasRemaining()) {
            int start = bytes.position();
            if (bytes.remaining() < NLMSG_HDRLEN) {
                throw new MalformedMessage(
                        "header of " + bytes.remaining() + " bytes (expected: 16)");
            }
            int length = bytes.getInt();
            if (length < NLMSG_HDRLEN || length > datagram.length - start) {
                throw new MalformedMessage(
                        "message of "
                                + Integer.toUnsignedString(length)
                                + " bytes (expected: 16 to "
                                + (datagram.length - start)
                                + ")");
            }
            int type = Short.toUnsignedInt(bytes.getShort());
            int flags = Short.toUnsignedInt(bytes.getShort());
            int sequence = bytes.getInt();
            int portId = bytes.getInt();
            ByteBuffer body = bytes.slice(start + NLMSG_HDRLEN, length - NLMSG_HDRLEN);
            messages.add(
                    new NetlinkMessage(
                            type, flags, sequence, portId, body.order(ByteOrder.nativeOrder())));
            // The last message of a datagram may lack its padding.
            bytes.position(Math.min(start + LinuxNetlink.align(length), datagram.length));
        }
        return messages;
    }

    boolean has(int flag) {
        return (flags & flag) != 0;
    }

    /// The body, to be read from its start.
    public ByteBuffer payload() {
        return body.duplicate().order(ByteOrder.nativeOrder());
    }

    /// The family's own header, with which the body starts.
    ///
    /// @throws MalformedMessage when the body is shorter
    public ByteBuffer header(int length) {
        requireHeader(length);
        return body.slice(0, length).order(ByteOrder.nativeOrder());
    }

    /// The attributes after the family's own header.
    ///
    /// @throws MalformedMessage when there is no such header, or an attribute's length does not fit
    public Attributes attributes(int headerLength) {
        requireHeader(headerLength);
        int start = Math.min(LinuxNetlink.align(headerLength), body.limit());
        return Attributes.in(body.slice(start, body.limit() - start));
    }

    private void requireHeader(int length) {
        if (body.limit() < length) {
            throw new MalformedMessage(
                    "body of " + body.limit() + " bytes (expected: " + length + " or more)");
        }
    }
}
