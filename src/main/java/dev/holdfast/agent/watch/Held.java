package dev.holdfast.agent.watch;

import dev.holdfast.wire.Digest;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// A resource as it was received: what it says, its bytes, and its part of the digest.
///
/// @param json compact
@SuppressWarnings("ArrayRecordComponent") // its equality is written out below
record Held<T>(T value, byte[] json, Digest digest) {

    static <T> Held<T> of(String kind, String name, T value, byte[] json) {
        return new Held<>(value, json, Digest.ofResource(kind, name, json));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Held<?> held && Arrays.equals(held.json, json);
    }

    @Override
    public int hashCode() {
        return digest.hashCode();
    }

    @Override
    public String toString() {
        return value.toString();
    }
}
