package dev.holdfast.control.service;

import dev.holdfast.control.host.KnownHost;
import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Family;
import java.util.Optional;

/// Which hosts the kernel can send the packets of a VIP to.
///
/// Measured on Linux 6.1: an IPv6 VIP reaches IPv4 hosts through GUE and FOU; an IPv4 VIP would
/// reach IPv6 hosts only through one more tunnel on each host for each load balancer.
final class Reach {

    private Reach() {}

    /// Why packets cannot get there; empty when they can.
    static Optional<String> obstacle(Encapsulation.Kind kind, Family vip, KnownHost host) {
        Family underlay = host.address().family();
        if (vip == Family.IPV4 && underlay == Family.IPV6) {
            return Optional.of(
                    "an IPV4 VIP does not reach the IPV6 address of host " + host.name());
        }
        return switch (kind) {
            case GUE -> Optional.empty();
            case IPIP ->
                    vip == underlay
                            ? Optional.empty()
                            : Optional.of(
                                    "with IPIP an IPV6 VIP does not reach the IPV4 address of host "
                                            + host.name()
                                            + ": GUE and FOU do");
            case FOU ->
                    host.hasTunnel(vip)
                            ? Optional.empty()
                            : Optional.of(
                                    "with FOU host "
                                            + host.name()
                                            + " needs a tunnel address of the VIP's family, "
                                            + vip
                                            + ": add such a range to the site's tunnelRanges");
        };
    }

    /// @throws Refusal (409) when packets cannot get there
    static void require(Encapsulation.Kind kind, Family vip, KnownHost host) {
        obstacle(kind, vip, host)
                .ifPresent(why -> {
                    throw new Refusal(
                            Problem.CONFLICT, "host", why, "a host that the VIP's packets reach");
                });
    }
}
