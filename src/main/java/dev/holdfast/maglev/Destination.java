package dev.holdfast.maglev;

import java.net.InetAddress;

/// One destination of an IPVS service, with all of it that the scheduler looks at.
///
/// @param address the one given to IPVS: it is hashed
/// @param port hashed too, by adding it to the address
/// @param weight 0: gets no new flows
/// @param lastWeight what decides how many slots it owns: the last weight that was not 0, or 0 when
///   it was added with 0 and never changed
public record Destination(InetAddress address, int port, int weight, int lastWeight) {

    public Destination {
        require("port", port, 65535);
        require("weight", weight, Integer.MAX_VALUE);
        require("last weight", lastWeight, Integer.MAX_VALUE);
        if (weight != 0 && weight != lastWeight) {
            throw new IllegalArgumentException(
                    "last weight: " + lastWeight + " (expected: the weight, " + weight + ")");
        }
    }

    /// One that takes new flows.
    public static Destination serving(InetAddress address, int port, int weight) {
        return new Destination(address, port, weight, weight);
    }

    /// One that keeps its slots and takes no new flows: added with its weight, then edited to 0.
    public static Destination drained(InetAddress address, int port, int nominalWeight) {
        return new Destination(address, port, 0, nominalWeight);
    }

    public boolean serves() {
        return weight > 0;
    }

    /// Whether it is the same destination to IPVS, whatever its weights.
    public boolean isSameAs(Destination other) {
        return port == other.port && address.equals(other.address);
    }

    private static void require(String what, int found, int max) {
        if (found < 0 || found > max) {
            throw new IllegalArgumentException(
                    what + ": " + found + " (expected: 0 to " + max + ")");
        }
    }
}
