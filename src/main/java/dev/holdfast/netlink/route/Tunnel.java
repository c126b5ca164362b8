package dev.holdfast.netlink.route;

import dev.holdfast.netlink.AddressFamily;
import java.net.InetAddress;
import java.util.OptionalInt;

/// A link whose packets travel inside others.
public sealed interface Tunnel {

    /// This machine's end; all zeros for any.
    InetAddress local();

    /// The far end; all zeros for any.
    InetAddress remote();

    TunnelEncapsulation encapsulation();

    /// IPv4 in IPv4.
    ///
    /// @param ttl of the outer packets; 0 copies that of the inner one
    record Ipip(InetAddress local, InetAddress remote, int ttl, TunnelEncapsulation encapsulation)
            implements Tunnel {

        public Ipip {
            check(AddressFamily.INET, local, remote, ttl);
        }

        public static Ipip of(InetAddress local, InetAddress remote, int ttl) {
            return new Ipip(local, remote, ttl, new TunnelEncapsulation.None());
        }

        public Ipip in(TunnelEncapsulation newEncapsulation) {
            return new Ipip(local, remote, ttl, newEncapsulation);
        }
    }

    /// IPv6 in IPv4.
    ///
    /// @param ttl of the outer packets; 0 copies that of the inner one
    record Sit(InetAddress local, InetAddress remote, int ttl, TunnelEncapsulation encapsulation)
            implements Tunnel {

        public Sit {
            check(AddressFamily.INET, local, remote, ttl);
        }

        public static Sit of(InetAddress local, InetAddress remote, int ttl) {
            return new Sit(local, remote, ttl, new TunnelEncapsulation.None());
        }

        public Sit in(TunnelEncapsulation newEncapsulation) {
            return new Sit(local, remote, ttl, newEncapsulation);
        }
    }

    /// IPv6, IPv4 or both in IPv6.
    ///
    /// @param hopLimit of the outer packets; 0 copies that of the inner one
    /// @param encapsulationLimit how many more times a packet may be wrapped, told in an option
    ///   header of eight bytes; empty leaves the header out (`encaplimit none`)
    record Ip6tnl(
            Mode mode,
            InetAddress local,
            InetAddress remote,
            int hopLimit,
            OptionalInt encapsulationLimit,
            TunnelEncapsulation encapsulation)
            implements Tunnel {

        /// What is inside.
        public enum Mode {
            ANY,
            IP4IP6,
            IP6IP6
        }

        public Ip6tnl {
            check(AddressFamily.INET6, local, remote, hopLimit);
            if (encapsulationLimit.orElse(0) < 0 || encapsulationLimit.orElse(0) > 255) {
                throw new IllegalArgumentException(
                        "encapsulation limit: "
                                + encapsulationLimit.getAsInt()
                                + " (expected: 0 to 255)");
            }
        }

        /// Without an encapsulation limit.
        public static Ip6tnl of(Mode mode, InetAddress local, InetAddress remote, int hopLimit) {
            return new Ip6tnl(
                    mode,
                    local,
                    remote,
                    hopLimit,
                    OptionalInt.empty(),
                    new TunnelEncapsulation.None());
        }

        public Ip6tnl in(TunnelEncapsulation newEncapsulation) {
            return new Ip6tnl(mode, local, remote, hopLimit, encapsulationLimit, newEncapsulation);
        }
    }

    private static void check(
            AddressFamily family, InetAddress local, InetAddress remote, int hops) {
        if (AddressFamily.of(local) != family || AddressFamily.of(remote) != family) {
            throw new IllegalArgumentException(
                    "tunnel ends: "
                            + local.getHostAddress()
                            + " and "
                            + remote.getHostAddress()
                            + " (expected: family "
                            + family
                            + ")");
        }
        if (hops < 0 || hops > 255) {
            throw new IllegalArgumentException("hops: " + hops + " (expected: 0 to 255)");
        }
    }
}
