package dev.holdfast.netlink;

import static dev.holdfast.netlink.LinuxNetlink.NLA_HDRLEN;
import static dev.holdfast.netlink.LinuxNetlink.NLA_TYPE_MASK;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/// Attributes of a received message, found by their type.
///
/// Every length is checked before a byte is read; what does not fit is a [MalformedMessage]. Where
/// a type stands twice, the last one counts, as in the kernel.
public final class Attributes {

    private record Attribute(int type, ByteBuffer value) {}

    private final List<Attribute> attributes;

    private Attributes(List<Attribute> attributes) {
        this.attributes = attributes;
    }

    /// Reads all that remains in `bytes`.
    ///
    /// @throws MalformedMessage when an attribute's length does not fit
    public static Attributes in(ByteBuffer bytes) {
        ByteBuffer rest = bytes.slice().order(ByteOrder.nativeOrder());
        List<Attribute> found = new ArrayList<>();
        // Fewer bytes than a header has are padding.
        while (rest.remaining() >= NLA_HDRLEN) {
            int start = rest.position();
            int length = Short.toUnsignedInt(rest.getShort());
            int type = rest.getShort() & NLA_TYPE_MASK;
            if (length < NLA_HDRLEN || length > rest.limit() - start) {
                throw new MalformedMessage(
                        "attribute %d: length %d (expected: 4 to %d)"
                                .formatted(type, length, rest.limit() - start));
            }
            found.add(
                    new Attribute(
                            type,
                            rest.slice(start + NLA_HDRLEN, length - NLA_HDRLEN)
                                    .order(ByteOrder.nativeOrder())));
            rest.position(Math.min(start + LinuxNetlink.align(length), rest.limit()));
        }
        return new Attributes(found);
    }

    public boolean has(int type) {
        return attributes.stream().anyMatch(attribute -> attribute.type == type);
    }

    public int u8(int type) {
        return Byte.toUnsignedInt(value(type, 1).get());
    }

    public int u16(int type) {
        return Short.toUnsignedInt(value(type, 2).getShort());
    }

    /// In network byte order, as the kernel has ports.
    public int u16BigEndian(int type) {
        return Short.toUnsignedInt(value(type, 2).order(ByteOrder.BIG_ENDIAN).getShort());
    }

    /// Negative from 2³¹ up: use [Integer#toUnsignedLong(int)] where that matters.
    public int u32(int type) {
        return value(type, 4).getInt();
    }

    /// Negative from 2⁶³ up.
    public long u64(int type) {
        return value(type, 8).getLong();
    }

    public byte[] bytes(int type) {
        ByteBuffer value = value(type, 0);
        byte[] bytes = new byte[value.remaining()];
        value.get(bytes);
        return bytes;
    }

    /// Up to the first NUL, or to the end.
    public String string(int type) {
        byte[] bytes = bytes(type);
        int length = 0;
        while (length < bytes.length && bytes[length] != 0) {
            length++;
        }
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    /// An address of 4 or 16 bytes.
    public InetAddress address(int type) {
        return AddressFamily.address(bytes(type));
    }

    /// An address at the start of a longer field, as in `union nf_inet_addr`.
    public InetAddress address(int type, AddressFamily family) {
        byte[] bytes = new byte[family.addressLength()];
        value(type, bytes.length).get(bytes);
        return AddressFamily.address(bytes);
    }

    public Attributes nested(int type) {
        return in(value(type, 0));
    }

    /// The bytes of one attribute.
    ///
    /// @throws MalformedMessage when it is missing or shorter than `length`
    public ByteBuffer value(int type, int length) {
        for (Attribute attribute : attributes.reversed()) {
            if (attribute.type == type) {
                if (attribute.value.limit() < length) {
                    throw new MalformedMessage(
                            "attribute %d: %d bytes (expected: %d or more)"
                                    .formatted(type, attribute.value.limit(), length));
                }
                return attribute.value.duplicate().order(ByteOrder.nativeOrder());
            }
        }
        throw new MalformedMessage(
                "attribute %d: missing (expected: %d bytes or more)".formatted(type, length));
    }
}
