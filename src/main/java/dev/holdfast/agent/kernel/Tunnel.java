package dev.holdfast.agent.kernel;

import dev.holdfast.wire.IpAddress;
import java.util.Locale;

/// A FOU tunnel interface from a load balancer to a host.
///
/// Its outer TTL is always 64: the article's 2 reaches one router hop (measured).
///
/// @param name at most 15 characters
/// @param alias for people: the host's name
/// @param port UDP port of the far end's listener
public record Tunnel(
        String name, Kind kind, IpAddress local, IpAddress remote, int port, String alias) {

    /// Outer time to live of every tunnel.
    public static final int TTL = 64;

    /// What travels in what.
    public enum Kind {
        /// IPv4 in IPv4.
        IPIP,
        /// IPv6 in IPv4.
        SIT,
        /// IPv6 in IPv6, without an encapsulation limit, which would cost 16 bytes a packet.
        IP6TNL
    }

    @Override
    public String toString() {
        return "%s (%s to %s, %s, fou port %d)"
                .formatted(name, kind.name().toLowerCase(Locale.ROOT), alias, remote, port);
    }
}
