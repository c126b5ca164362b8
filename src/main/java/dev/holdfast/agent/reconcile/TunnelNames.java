package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.Marks;
import dev.holdfast.wire.Digest;
import dev.holdfast.wire.Family;

/// Names of tunnel interfaces: at most 15 characters, and the same for a host on every load
/// balancer and after every restart.
final class TunnelNames {

    private static final int LENGTH_MAX = 15; // IFNAMSIZ, linux/if.h, less the closing 0

    private TunnelNames() {}

    /// `hf4-` or `hf6-` and the host's name where it fits; else `hf4_` or `hf6_` and its hash, so
    /// that a hash never looks like a name.
    static String of(String host, Family payload) {
        String prefix = Marks.LINK_PREFIX + (payload == Family.IPV4 ? "4" : "6");
        String plain = prefix + "-" + host;
        if (plain.length() <= LENGTH_MAX) {
            return plain;
        }
        long hash = Digest.ofResource("tunnel", host, new byte[0]).high();
        String letters = Long.toUnsignedString(hash, Character.MAX_RADIX); // 36 per letter
        String padded = "0".repeat(13 - letters.length()) + letters;
        return prefix + "_" + padded.substring(2);
    }
}
