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

    /// On one line, such as `IPV4 6080 GUE`.
    public String text() {
        return family + " " + port + " " + payload;
    }

    /// Reads what [#text] wrote.
    ///
    /// @throws IllegalArgumentException when it did not
    public static Listener parse(String text) {
        String[] words = text.split(" ", -1);
        if (words.length != 3) {
            throw new IllegalArgumentException(text + " (expected: such as IPV4 6080 GUE)");
        }
        return new Listener(
                Family.valueOf(words[0]), Integer.parseInt(words[1]), Payload.valueOf(words[2]));
    }

    /// Whether both would have the same port.
    public boolean isInTheWayOf(Listener other) {
        return family == other.family && port == other.port && payload != other.payload;
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
