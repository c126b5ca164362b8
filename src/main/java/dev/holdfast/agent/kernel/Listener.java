package dev.holdfast.agent.kernel;

import dev.holdfast.wire.Family;

/// A UDP port whose packets a backend host unwraps.
///
/// @param family of the outer packet
public record Listener(Family family, int port, Payload payload) implements Comparable<Listener> {

    /// What the packets hold.
    public enum Payload {
        /// FOU with IPv4 (IP protocol 4).
        IPV4,
        /// FOU with IPv6 (IP protocol 41).
        IPV6,
        /// A GUE header that says what follows.
        GUE
    }

    @Override
    public int compareTo(Listener other) {
        int byFamily = family.compareTo(other.family);
        int byPort = byFamily != 0 ? byFamily : Integer.compare(port, other.port);
        return byPort != 0 ? byPort : payload.compareTo(other.payload);
    }

    @Override
    public String toString() {
        return "%s over %s port %d".formatted(payload, family, port);
    }
}
