package dev.holdfast.netlink;

import static dev.holdfast.netlink.LinuxNetlink.NLMSGERR_ATTR_MISS_TYPE;
import static dev.holdfast.netlink.LinuxNetlink.NLMSGERR_ATTR_MSG;
import static dev.holdfast.netlink.LinuxNetlink.NLMSGERR_ATTR_OFFS;
import static dev.holdfast.netlink.LinuxNetlink.NLMSG_ERROR;
import static dev.holdfast.netlink.LinuxNetlink.NLMSG_HDRLEN;
import static dev.holdfast.netlink.LinuxNetlink.NLM_F_ACK_TLVS;
import static dev.holdfast.netlink.LinuxNetlink.NLM_F_CAPPED;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/// The verdict in an `NLMSG_ERROR` or at the end of a dump: a number, and what the kernel says to
/// it.
///
/// @param errnoNumber positive; 0 is success
/// @param text the kernel's words
/// @param offset of the attribute in the request that is at fault, -1 where the kernel names none
/// @param attribute the type of that attribute, -1 where it names none
/// @param missing the type of the attribute that the request lacks, -1 where it names none
record ExtendedAck(int errnoNumber, @Nullable String text, int offset, int attribute, int missing) {

    private static final int ERROR_LENGTH = 4;

    static ExtendedAck of(NetlinkMessage message, byte[] request) {
        ByteBuffer payload = message.payload();
        if (payload.remaining() < ERROR_LENGTH) {
            if (message.type() == NLMSG_ERROR) {
                throw new MalformedMessage(
                        "error of " + payload.remaining() + " bytes (expected: 4 or more)");
            }
            return new ExtendedAck(0, null, -1, -1, -1); // an end of dump may say nothing at all
        }
        int number = -payload.getInt();
        if (number < 0) {
            throw new MalformedMessage("error " + -number + " (expected: 0 or a negative errno)");
        }
        if (!message.has(NLM_F_ACK_TLVS)) {
            return new ExtendedAck(number, null, -1, -1, -1);
        }
        if (message.type() == NLMSG_ERROR) {
            skipRequest(payload, message.has(NLM_F_CAPPED) || number == 0);
        }
        Attributes words = Attributes.in(payload);
        int offset = words.has(NLMSGERR_ATTR_OFFS) ? words.u32(NLMSGERR_ATTR_OFFS) : -1;
        return new ExtendedAck(
                number,
                words.has(NLMSGERR_ATTR_MSG) ? words.string(NLMSGERR_ATTR_MSG) : null,
                offset,
                attributeAt(request, offset),
                words.has(NLMSGERR_ATTR_MISS_TYPE) ? words.u32(NLMSGERR_ATTR_MISS_TYPE) : -1);
    }

    // struct nlmsgerr: the request's header, and unless capped its payload, stand before the words.
    private static void skipRequest(ByteBuffer payload, boolean capped) {
        if (payload.remaining() < NLMSG_HDRLEN) {
            throw new MalformedMessage(
                    "error without the header of its request: "
                            + payload.remaining()
                            + " bytes (expected: 16 or more)");
        }
        int length = capped ? NLMSG_HDRLEN : LinuxNetlink.align(payload.getInt(payload.position()));
        if (length < NLMSG_HDRLEN || length > payload.remaining()) {
            throw new MalformedMessage(
                    "error that quotes "
                            + length
                            + " bytes (expected: 16 to "
                            + payload.remaining()
                            + ")");
        }
        payload.position(payload.position() + length);
    }

    private static int attributeAt(byte[] request, int offset) {
        if (offset < NLMSG_HDRLEN || offset + LinuxNetlink.NLA_HDRLEN > request.length) {
            return -1;
        }
        ByteBuffer bytes = ByteBuffer.wrap(request).order(ByteOrder.nativeOrder());
        return bytes.getShort(offset + 2) & LinuxNetlink.NLA_TYPE_MASK;
    }

    boolean isSuccess() {
        return errnoNumber == 0;
    }

    @Override
    public String toString() {
        Errno errno = Errno.of(errnoNumber);
        StringBuilder words = new StringBuilder();
        words.append(errno == Errno.UNKNOWN ? "errno " + errnoNumber : errno.name());
        words.append(": ").append(text == null ? errno.text() : text);
        if (attribute >= 0) {
            words.append(" (attribute ").append(attribute);
            words.append(" at byte ").append(offset).append(')');
        }
        if (missing >= 0) {
            words.append(" (attribute ").append(missing).append(" is missing)");
        }
        return words.toString();
    }
}
