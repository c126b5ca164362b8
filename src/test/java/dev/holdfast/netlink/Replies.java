package dev.holdfast.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// Datagrams as the kernel writes them in answer to a request.
public final class Replies {

    private Replies() {}

    public static byte[] ack(NetlinkMessage request) {
        return error(request, 0);
    }

    /// Without words, capped.
    public static byte[] error(NetlinkMessage request, int errnoNumber) {
        byte[] body = ints(-errnoNumber, 16 + request.body().limit(), 0, request.sequence(), 0);
        return message(request, LinuxNetlink.NLMSG_ERROR, LinuxNetlink.NLM_F_CAPPED, body);
    }

    /// With the kernel's words and the place in the request they are about, capped.
    public static byte[] error(NetlinkMessage request, Errno errno, String words, int offset) {
        byte[] attributes =
                new PayloadWriter()
                        .bytes(
                                LinuxNetlink.NLMSGERR_ATTR_MSG,
                                (words + "\0").getBytes(StandardCharsets.UTF_8))
                        .u32(LinuxNetlink.NLMSGERR_ATTR_OFFS, offset)
                        .toBytes();
        return message(
                request,
                LinuxNetlink.NLMSG_ERROR,
                LinuxNetlink.NLM_F_CAPPED | LinuxNetlink.NLM_F_ACK_TLVS,
                join(ints(-errno.number(), 16, 0, request.sequence(), 0), attributes));
    }

    /// The end of a dump.
    public static byte[] done(NetlinkMessage request, int errnoNumber) {
        return message(
                request, LinuxNetlink.NLMSG_DONE, LinuxNetlink.NLM_F_MULTI, ints(-errnoNumber));
    }

    public static byte[] part(NetlinkMessage request, byte[] body) {
        return message(request, request.type(), LinuxNetlink.NLM_F_MULTI, body);
    }

    public static byte[] message(NetlinkMessage request, int type, int flags, byte[] body) {
        return message(type, flags, request.sequence(), ScriptedKernel.PORT_ID, body);
    }

    public static byte[] message(int type, int flags, int sequence, int portId, byte[] body) {
        return ByteBuffer.allocate(LinuxNetlink.align(16 + body.length))
                .order(ByteOrder.nativeOrder())
                .putInt(16 + body.length)
                .putShort((short) type)
                .putShort((short) flags)
                .putInt(sequence)
                .putInt(portId)
                .put(body)
                .array();
    }

    public static byte[] join(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length += part.length;
        }
        ByteBuffer joined = ByteBuffer.allocate(length);
        for (byte[] part : parts) {
            joined.put(part);
        }
        return joined.array();
    }

    public static byte[] ints(int... values) {
        ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.nativeOrder());
        for (int value : values) {
            bytes.putInt(value);
        }
        return bytes.array();
    }
}
