package dev.holdfast.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.regex.Pattern;

/// An IPv4 or IPv6 address as a number, written the one canonical way (dotted quad, or RFC 5952).
///
/// @param family which of the two
/// @param high the upper 64 bits of an IPv6 address; 0 for IPv4
/// @param low the lower 64 bits of an IPv6 address; an IPv4 address in its lower 32 bits
public record IpAddress(Family family, long high, long low) implements Comparable<IpAddress> {

    // InetAddress.ofLiteral also takes "10.1" and "0x0a000001"; people who write that made a typo.
    private static final Pattern DOTTED_QUAD =
            Pattern.compile("(0|[1-9][0-9]{0,2})(\\.(0|[1-9][0-9]{0,2})){3}");
    private static final Pattern COLONS = Pattern.compile("[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /// Reads `192.0.2.1` or `2001:db8::1`. No names, no zones, no IPv4-mapped IPv6.
    ///
    /// @throws IllegalArgumentException when the text is anything else
    @JsonCreator
    public static IpAddress parse(String text) {
        boolean four = DOTTED_QUAD.matcher(text).matches();
        if (four || COLONS.matcher(text).matches()) {
            try {
                IpAddress address = of(InetAddress.ofLiteral(text));
                if (four == (address.family == Family.IPV4)) {
                    return address;
                }
            } catch (IllegalArgumentException ignored) {
                // Said below, in our own words.
            }
        }
        throw new IllegalArgumentException(
                text + " (expected: an IP address such as 192.0.2.1 or 2001:db8::1)");
    }

    public static IpAddress of(InetAddress address) {
        return ofBytes(address.getAddress());
    }

    /// From network byte order.
    ///
    /// @param bytes 4 or 16 of them
    public static IpAddress ofBytes(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return switch (bytes.length) {
            case 4 -> new IpAddress(Family.IPV4, 0, Integer.toUnsignedLong(buffer.getInt()));
            case 16 -> new IpAddress(Family.IPV6, buffer.getLong(), buffer.getLong());
            default ->
                    throw new IllegalArgumentException(
                            "address of " + bytes.length + " bytes (expected: 4 or 16)");
        };
    }

    /// In network byte order: 4 or 16 bytes.
    public byte[] toBytes() {
        return family == Family.IPV4
                ? ByteBuffer.allocate(4).putInt((int) low).array()
                : ByteBuffer.allocate(16).putLong(high).putLong(low).array();
    }

    public InetAddress toInetAddress() {
        try {
            return InetAddress.getByAddress(toBytes());
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e); // only for a wrong length
        }
    }

    /// The address `distance` further on, which may leave any range: check with [Prefix#contains].
    public IpAddress plus(long distance) {
        long sum = low + distance;
        if (family == Family.IPV4) {
            return new IpAddress(family, 0, sum & 0xffff_ffffL);
        }
        boolean carry = Long.compareUnsigned(sum, low) < 0;
        return new IpAddress(family, carry ? high + 1 : high, sum);
    }

    @Override
    public int compareTo(IpAddress other) {
        if (family != other.family) {
            return family.compareTo(other.family);
        }
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    @JsonValue
    @Override
    public String toString() {
        return family == Family.IPV4 ? dottedQuad() : rfc5952();
    }

    private String dottedQuad() {
        return (low >>> 24)
                + "."
                + (low >>> 16 & 255)
                + "."
                + (low >>> 8 & 255)
                + "."
                + (low & 255);
    }

    private String rfc5952() {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = (int) ((i < 4 ? high : low) >>> (48 - 16 * (i % 4)) & 0xffff);
        }
        int start = -1;
        int length = 1; // a single zero group is not shortened (RFC 5952, 4.2.2)
        for (int i = 0; i < 8; i++) {
            int end = i;
            while (end < 8 && groups[end] == 0) {
                end++;
            }
            if (end - i > length) {
                start = i;
                length = end - i;
            }
        }
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == start) {
                text.append("::");
                i += length - 1;
            } else {
                if (!text.isEmpty() && text.charAt(text.length() - 1) != ':') {
                    text.append(':');
                }
                text.append(Integer.toHexString(groups[i]));
            }
        }
        return text.toString();
    }
}
