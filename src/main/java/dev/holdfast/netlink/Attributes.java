package dev.holdfast.netlink;

import static dev.holdfast.netlink.LinuxNetlink.NLA_HDRLEN;
import static dev.holdfast.netlink.LinuxNetlink.NLA_TYPE_MASK;

import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// Attributes of a received message, found by their type.
///
/// Every length is checked before a byte is read; what does not fit is a [MalformedMessage]. Where
/// a type stands twice, the last one counts, as in the kernel.
public final class Attributes {

    private static final int INITIAL_COUNT = 16;
    private static final int NONE = -1;

    /// The message; attributes stay where they are in it. A site's tables are a hundred thousand
    /// attributes, read again and again.
    private final ByteBuffer bytes;

    /// For each attribute its type, where its value begins, and how long that is.
    private final int[] places;

    /// How much of that is in use.
    private final int used;

    private Attributes(ByteBuffer bytes, int[] places, int used) {
        this.bytes = bytes;
        this.places = places;
        this.used = used;
    }

    /// Reads all that remains in `bytes`.
    ///
    /// @throws MalformedMessage when an attribute's length does not fit
    public static Attributes in(ByteBuffer bytes) {
        ByteBuffer all = bytes.slice().order(ByteOrder.nativeOrder());
        int[] places = new int[3 * INITIAL_COUNT];
        int used = 0;
        int at = 0;
        // Fewer bytes than a header has are padding.
        while (all.limit() - at >= NLA_HDRLEN) {
            int length = Short.toUnsignedInt(all.getShort(at));
            int type = all.getShort(at + Short.BYTES) & NLA_TYPE_MASK;
            if (length < NLA_HDRLEN || length > all.limit() - at) {
                throw new MalformedMessage(
                        "attribute %d: length %d (expected: 4 to %d)"
                                .formatted(type, length, all.limit() - at));
            }
            if (used == places.length) {
                places = Arrays.copyOf(places, 2 * used);
            }
            places[used++] = type;
            places[used++] = at + NLA_HDRLEN;
            places[used++] = length - NLA_HDRLEN;
            at = Math.min(at + LinuxNetlink.align(length), all.limit());
        }
        return new Attributes(all, places, used);
    }

    public boolean has(int type) {
        return find(type) != NONE;
    }

    public int u8(int type) {
        return Byte.toUnsignedInt(bytes.get(start(type, Byte.BYTES)));
    }

    public int u16(int type) {
        return Short.toUnsignedInt(bytes.getShort(start(type, Short.BYTES)));
    }

    /// In network byte order, as the kernel has ports.
    public int u16BigEndian(int type) {
        int start = start(type, Short.BYTES);
        return Byte.toUnsignedInt(bytes.get(start)) << Byte.SIZE
                | Byte.toUnsignedInt(bytes.get(start + 1));
    }

    /// Negative from 2³¹ up: use [Integer#toUnsignedLong(int)] where that matters.
    public int u32(int type) {
        return bytes.getInt(start(type, Integer.BYTES));
    }

    /// Negative from 2⁶³ up.
    public long u64(int type) {
        return bytes.getLong(start(type, Long.BYTES));
    }

    public byte[] bytes(int type) {
        ByteBuffer value = value(type, 0);
        byte[] copy = new byte[value.remaining()];
        value.get(copy);
        return copy;
    }

    /// Up to the first NUL, or to the end.
    public String string(int type) {
        byte[] text = bytes(type);
        int length = 0;
        while (length < text.length && text[length] != 0) {
            length++;
        }
        return new String(text, 0, length, StandardCharsets.UTF_8);
    }

    /// An address of 4 or 16 bytes.
    public InetAddress address(int type) {
        return AddressFamily.address(bytes(type));
    }

    /// An address at the start of a longer field, as in `union nf_inet_addr`.
    public InetAddress address(int type, AddressFamily family) {
        byte[] address = new byte[family.addressLength()];
        bytes.get(start(type, address.length), address);
        return AddressFamily.address(address);
    }

    public Attributes nested(int type) {
        return in(value(type, 0));
    }

    /// The bytes of one attribute.
    ///
    /// @throws MalformedMessage when it is missing or shorter than `length`
    public ByteBuffer value(int type, int length) {
        int start = start(type, length);
        return bytes.slice(start, places[find(type) + 2]).order(ByteOrder.nativeOrder());
    }

    private int start(int type, int length) {
        int place = find(type);
        if (place == NONE) {
            throw new MalformedMessage(
                    "attribute %d: missing (expected: %d bytes or more)".formatted(type, length));
        }
        if (places[place + 2] < length) {
            throw new MalformedMessage(
                    "attribute %d: %d bytes (expected: %d or more)"
                            .formatted(type, places[place + 2], length));
        }
        return places[place + 1];
    }

    private int find(int type) {
        for (int place = used - 3; place >= 0; place -= 3) {
            if (places[place] == type) {
                return place;
            }
        }
        return NONE;
    }
}
