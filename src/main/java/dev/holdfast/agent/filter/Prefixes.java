package dev.holdfast.agent.filter;

import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import java.util.ArrayList;
import java.util.List;

/// Sets of addresses as lists of prefixes.
final class Prefixes {
    private Prefixes() {}

    /// The shortest list of prefixes that holds the same addresses: ascending, none overlapping. A
    /// set of nftables refuses overlap, and a chain of iptables costs time per rule.
    static List<Prefix> merge(List<Prefix> prefixes) {
        List<Prefix> merged = new ArrayList<>();
        for (Prefix next : prefixes.stream().sorted().toList()) {
            if (!merged.isEmpty() && merged.getLast().contains(next.address())) {
                continue; // sorted: what begins within another one also ends within it
            }
            Prefix whole = next;
            while (!merged.isEmpty() && areHalves(merged.getLast(), whole)) {
                whole = new Prefix(merged.removeLast().address(), whole.length() - 1);
            }
            merged.add(whole);
        }
        return List.copyOf(merged);
    }

    /// Whether the two are the lower and the upper half of one prefix.
    private static boolean areHalves(Prefix lower, Prefix upper) {
        return lower.family() == upper.family()
                && lower.length() == upper.length()
                && lower.length() > 0
                && startsLowerHalf(lower)
                && parentHolds(lower, upper.address());
    }

    private static boolean startsLowerHalf(Prefix prefix) {
        int bitFromLeft = prefix.length() - 1;
        int byteOfBit = prefix.address().toBytes()[bitFromLeft / 8];
        return (byteOfBit >> (7 - bitFromLeft % 8) & 1) == 0;
    }

    private static boolean parentHolds(Prefix lower, IpAddress address) {
        return new Prefix(lower.address(), lower.length() - 1).contains(address);
    }
}
