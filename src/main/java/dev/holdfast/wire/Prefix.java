package dev.holdfast.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// A network such as `198.51.100.0/24` or `2001:db8::/64`, host bits zero.
///
/// @param address the first address
/// @param length prefix length in bits, 0 to 32 or 0 to 128
public record Prefix(IpAddress address, int length) implements Comparable<Prefix> {

    public Prefix {
        int bits = address.family().bits();
        if (length < 0 || length > bits) {
            throw new IllegalArgumentException(
                    address + "/" + length + " (expected: a prefix length of 0 to " + bits + ")");
        }
        if (!mask(address, length).equals(address)) {
            throw new IllegalArgumentException(
                    "%s/%d (expected: zero host bits, %s/%d)"
                            .formatted(address, length, mask(address, length), length));
        }
    }

    /// Reads `address/length`.
    ///
    /// @throws IllegalArgumentException when the text is anything else, or host bits are set
    @JsonCreator
    public static Prefix parse(String text) {
        int slash = text.indexOf('/');
        String length = slash < 0 ? "" : text.substring(slash + 1);
        if (!length.matches("0|[1-9][0-9]{0,2}")) {
            throw new IllegalArgumentException(
                    text + " (expected: a prefix such as 198.51.100.0/24 or 2001:db8::/64)");
        }
        return new Prefix(IpAddress.parse(text.substring(0, slash)), Integer.parseInt(length));
    }

    /// The prefix that holds one address: /32 or /128.
    public static Prefix host(IpAddress address) {
        return new Prefix(address, address.family().bits());
    }

    public Family family() {
        return address.family();
    }

    public boolean contains(IpAddress other) {
        return other.family() == family() && mask(other, length).equals(address);
    }

    public boolean overlaps(Prefix other) {
        return contains(other.address) || other.contains(address);
    }

    /// How many addresses it holds; [Long#MAX_VALUE] when there are more than that.
    public long size() {
        int hostBits = family().bits() - length;
        return hostBits >= 63 ? Long.MAX_VALUE : 1L << hostBits;
    }

    @Override
    public int compareTo(Prefix other) {
        int byAddress = address.compareTo(other.address);
        return byAddress != 0 ? byAddress : Integer.compare(length, other.length);
    }

    @JsonValue
    @Override
    public String toString() {
        return address + "/" + length;
    }

    private static IpAddress mask(IpAddress address, int length) {
        if (address.family() == Family.IPV4) {
            return new IpAddress(Family.IPV4, 0, address.low() & (high(length) >>> 32));
        }
        return new IpAddress(
                Family.IPV6,
                address.high() & high(Math.min(length, 64)),
                address.low() & high(Math.max(length - 64, 0)));
    }

    /// A word whose upper `bits` bits are set.
    private static long high(int bits) {
        return bits == 0 ? 0 : -1L << (64 - bits);
    }
}
