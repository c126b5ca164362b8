package dev.holdfast.control.site;

import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import java.util.List;
import java.util.stream.Stream;

/// Tells addresses that one machine may have from those that mean something else.
final class Unicast {

    static final String EXPECTED =
            "unicast addresses: not unspecified, loopback, link-local, multicast or reserved";

    private static final List<Prefix> OTHERS =
            Stream.of(
                            "0.0.0.0/8",
                            "127.0.0.0/8",
                            "169.254.0.0/16",
                            "224.0.0.0/4",
                            "240.0.0.0/4",
                            "::/96", // unspecified, loopback, and IPv4-compatible
                            "::ffff:0:0/96",
                            "fe80::/10",
                            "ff00::/8")
                    .map(Unicast::prefix)
                    .toList();

    private Unicast() {}

    static boolean is(IpAddress address) {
        return OTHERS.stream().noneMatch(other -> other.contains(address));
    }

    /// Whether every address of a range is one.
    static boolean isAll(Prefix range) {
        return OTHERS.stream().noneMatch(other -> other.overlaps(range));
    }

    private static Prefix prefix(String text) {
        // IpAddress refuses to read IPv4-mapped addresses, but they lie within some IPv6 prefixes.
        return text.startsWith("::ffff:")
                ? new Prefix(new IpAddress(Family.IPV6, 0, 0xffff_0000_0000L), 96)
                : Prefix.parse(text);
    }
}
