package dev.holdfast.netlink;

import static dev.holdfast.netlink.LinuxNetlink.NLA_F_NESTED;
import static dev.holdfast.netlink.LinuxNetlink.NLA_HDRLEN;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Consumer;

/// Writes what follows a message's header: the family's own header, then attributes.
///
/// Methods that take a type write an attribute with its padding; the others write bare fields.
public final class PayloadWriter {

    private ByteBuffer bytes = ByteBuffer.allocate(256).order(ByteOrder.nativeOrder());

    public PayloadWriter u8(int value) {
        room(1).put((byte) value);
        return this;
    }

    public PayloadWriter u16(int value) {
        room(2).putShort((short) value);
        return this;
    }

    public PayloadWriter u32(int value) {
        room(4).putInt(value);
        return this;
    }

    /// An attribute without a value, which says something by being there.
    public PayloadWriter flag(int type) {
        attribute(type, 0);
        return this;
    }

    public PayloadWriter u8(int type, int value) {
        attribute(type, 1).put((byte) value);
        return pad();
    }

    public PayloadWriter u16(int type, int value) {
        attribute(type, 2).putShort((short) value);
        return pad();
    }

    /// In network byte order, as the kernel has ports.
    public PayloadWriter u16BigEndian(int type, int value) {
        attribute(type, 2).put((byte) (value >> 8)).put((byte) value);
        return pad();
    }

    public PayloadWriter u32(int type, int value) {
        attribute(type, 4).putInt(value);
        return pad();
    }

    public PayloadWriter bytes(int type, byte[] value) {
        attribute(type, value.length).put(value);
        return pad();
    }

    /// With the NUL at its end that the kernel wants.
    public PayloadWriter string(int type, String value) {
        byte[] text = value.getBytes(StandardCharsets.UTF_8);
        attribute(type, text.length + 1).put(text).put((byte) 0);
        return pad();
    }

    /// Attributes within an attribute.
    public PayloadWriter nest(int type, Consumer<PayloadWriter> content) {
        return enclose(type | NLA_F_NESTED, content);
    }

    /// The same without the mark `NLA_F_NESTED`, for attributes older than the mark.
    public PayloadWriter nestUnmarked(int type, Consumer<PayloadWriter> content) {
        return enclose(type, content);
    }

    private PayloadWriter enclose(int type, Consumer<PayloadWriter> content) {
        int start = bytes.position();
        attribute(type, 0);
        content.accept(this);
        bytes.putShort(start, lengthField(type, bytes.position() - start));
        return this;
    }

    private ByteBuffer attribute(int type, int length) {
        short field = lengthField(type, NLA_HDRLEN + length);
        return room(NLA_HDRLEN + length).putShort(field).putShort((short) type);
    }

    private static short lengthField(int type, int length) {
        if (length > 0xffff) {
            throw new IllegalArgumentException(
                    "attribute %d: %d bytes (expected: at most 65535)".formatted(type, length));
        }
        return (short) length;
    }

    private PayloadWriter pad() {
        int padding = LinuxNetlink.align(bytes.position()) - bytes.position();
        room(padding).position(bytes.position() + padding); // a new buffer is all zero
        return this;
    }

    private ByteBuffer room(int length) {
        if (bytes.remaining() < length) {
            int capacity = Math.max(2 * bytes.capacity(), bytes.position() + length);
            bytes = ByteBuffer.allocate(capacity).order(ByteOrder.nativeOrder()).put(bytes.flip());
        }
        return bytes;
    }

    /// All that was written so far.
    public byte[] toBytes() {
        return Arrays.copyOf(bytes.array(), bytes.position());
    }
}
