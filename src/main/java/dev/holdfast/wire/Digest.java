package dev.holdfast.wire;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// An order-independent digest of a set of resources: the sum, modulo 2^128, of one hash each.
///
/// A change of one resource subtracts its old hash and adds its new one, so keeping it costs the
/// same in a site of ten services and of ten thousand. It guards against mistakes, not attackers.
///
/// @param high upper 64 bits
/// @param low lower 64 bits
public record Digest(long high, long low) {

    /// Of nothing.
    public static final Digest EMPTY = new Digest(0, 0);

    /// The hash of one resource: the first 128 bits of SHA-256 over `kind/name=json`.
    ///
    /// @param kind such as `service`
    /// @param name unique within its kind
    /// @param json the bytes that travel, without white space between tokens
    public static Digest ofResource(String kind, String name, byte[] json) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update((kind + "/" + name + "=").getBytes(StandardCharsets.UTF_8));
            ByteBuffer hash = ByteBuffer.wrap(sha.digest(json));
            return new Digest(hash.getLong(), hash.getLong());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has SHA-256
        }
    }

    public Digest plus(Digest other) {
        long sum = low + other.low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new Digest(high + other.high + carry, sum);
    }

    public Digest minus(Digest other) {
        long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
        return new Digest(high - other.high - borrow, low - other.low);
    }

    /// Reads 32 hexadecimal digits.
    @JsonCreator
    public static Digest parse(String hex) {
        if (!hex.matches("[0-9a-f]{32}")) {
            throw new IllegalArgumentException(hex + " (expected: 32 hexadecimal digits)");
        }
        return new Digest(
                Long.parseUnsignedLong(hex.substring(0, 16), 16),
                Long.parseUnsignedLong(hex.substring(16), 16));
    }

    @JsonValue
    @Override
    public String toString() {
        return "%016x%016x".formatted(high, low);
    }
}
