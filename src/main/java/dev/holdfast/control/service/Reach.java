package dev.holdfast.control.service;

import dev.holdfast.control.host.KnownHost;
import dev.holdfast.control.problem.Problem;
import dev.holdfast.control.problem.Refusal;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Family;
import java.util.Map;
import java.util.Optional;

/// Which hosts the kernels of a site can send the packets of a VIP to.
///
/// Measured on Linux 6.1: an IPv6 VIP reaches IPv4 hosts through GUE and FOU; an IPv4 VIP would
/// reach IPv6 hosts only through one more tunnel on each host for each load balancer. With FOU each
/// load balancer's own address is one end of every tunnel, and both ends are of one family.
///
/// @param nodes the name of a load balancer for each family that the site has any of; needed for
///   FOU only
record Reach(Encapsulation.Kind kind, Map<Family, String> nodes) {

    /// Why packets cannot get there; empty when they can.
    Optional<String> obstacle(Family vip, KnownHost host) {
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
                            ? nodeOfTheOtherFamily(host)
                            : Optional.of(
                                    "with FOU host "
                                            + host.name()
                                            + " needs a tunnel address of the VIP's family, "
                                            + vip
                                            + ": add such a range to the site's tunnelRanges");
        };
    }

    private Optional<String> nodeOfTheOtherFamily(KnownHost host) {
        Family underlay = host.address().family();
        return nodes.entrySet().stream()
                .filter(node -> node.getKey() != underlay)
                .map(node ->
                        "with FOU the %s address of node %s has no tunnel to the %s address of host %s"
                                .formatted(node.getKey(), node.getValue(), underlay, host.name()))
                .findFirst();
    }

    /// @throws Refusal (409) when packets cannot get there
    void require(Family vip, KnownHost host) {
        obstacle(vip, host)
                .ifPresent(why -> {
                    throw new Refusal(
                            Problem.CONFLICT, "host", why, "a host that the VIP's packets reach");
                });
    }
}
