package dev.holdfast.agent.reconcile;

import dev.holdfast.agent.kernel.Tunnel;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.HostAddress;
import dev.holdfast.wire.IpAddress;
import java.util.Optional;

/// The tunnel interfaces of a load balancer, which it needs with FOU only: else IPVS wraps packets
/// itself. Not every host can have one from here.
final class FouTunnels {

    private FouTunnels() {}

    /// Whether packets go through such interfaces at all.
    static boolean areWanted(NodeDesired desired) {
        return Encapsulations.kind(desired.encapsulation()) == Encapsulation.Kind.FOU;
    }

    /// The tunnel for packets of one family; empty when there can be none.
    static Optional<Tunnel> to(NodeDesired desired, HostAddress host, Family inner) {
        if (obstacle(desired, host, inner).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                new Tunnel(
                        TunnelNames.of(host.name(), inner),
                        kind(host.address().family(), inner),
                        desired.node().address(),
                        host.address(),
                        Encapsulations.fouPort(desired.encapsulation(), inner),
                        host.name()));
    }

    /// Why packets of a family cannot get to a host from here; empty when they can, or when no
    /// tunnel is needed.
    static Optional<String> obstacle(NodeDesired desired, HostAddress host, Family inner) {
        IpAddress local = desired.node().address();
        if (!areWanted(desired)) {
            return Optional.empty();
        }
        if (local.family() != host.address().family()) {
            return Optional.of(
                    "host %s at %s has no FOU tunnel from this node's %s (expected: both of one family)"
                            .formatted(host.name(), host.address(), local));
        }
        return host.address().family() == Family.IPV6 && inner == Family.IPV4
                ? Optional.of(
                        "IPv4 in IPv6 needs an interface per load balancer on host %s (expected: a host with an IPv4 address)"
                                .formatted(host.name()))
                : Optional.empty();
    }

    private static Tunnel.Kind kind(Family outer, Family inner) {
        return switch (outer) {
            case IPV4 ->
                    switch (inner) {
                        case IPV4 -> Tunnel.Kind.IPIP;
                        case IPV6 -> Tunnel.Kind.SIT;
                    };
            case IPV6 -> Tunnel.Kind.IP6TNL;
        };
    }
}
