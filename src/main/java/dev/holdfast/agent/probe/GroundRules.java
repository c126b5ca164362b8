package dev.holdfast.agent.probe;

import dev.holdfast.agent.kernel.Marks;
import dev.holdfast.agent.reconcile.Encapsulations;
import dev.holdfast.agent.watch.NodeDesired;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.NodeAddress;
import dev.holdfast.wire.Prefix;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The nftables table that probes need on every load balancer of a site:
///
/// * A backend that forwards packets and has lost the VIP sends a probe on to the router, and that
///   to a load balancer: to this one, and the probe goes round until its TTL is used up; to another
///   one, and that asks a backend that is well. So what comes in for a VIP from the address of a
///   load balancer is dropped.
/// * A packet wrapped by an interface keeps its mark, would match the probe's service again and go
///   round in circles. So the mark is taken off what is wrapped already.
final class GroundRules {

    static final String TABLE = "holdfast_probe";

    private GroundRules() {}

    /// What `nft -f` reads; it replaces the table in one step.
    static String of(NodeDesired node) {
        Collection<NodeAddress> nodes = node.nodes().sorted().values();
        return text(
                Stream.concat(
                                Stream.of(node.node().address()),
                                nodes.stream().map(NodeAddress::address))
                        .distinct()
                        .toList(),
                node.vipRanges(),
                node.encapsulation());
    }

    static String text(List<IpAddress> nodes, List<Prefix> vipRanges, Encapsulation encapsulation) {
        return """
        table inet %1$s
        delete table inet %1$s
        table inet %1$s {
          chain input {
            type filter hook input priority filter - 15
        %2$s%3$s  }
        %4$s}
        """
                .formatted(
                        TABLE,
                        comeBack("ip", Family.IPV4, nodes, vipRanges),
                        comeBack("ip6", Family.IPV6, nodes, vipRanges),
                        encapsulation.kind() == Encapsulation.Kind.FOU
                                ? clearMarks(Encapsulations.listener(encapsulation, Family.IPV4))
                                : "");
    }

    private static String comeBack(
            String protocol, Family family, List<IpAddress> nodes, List<Prefix> vipRanges) {
        List<IpAddress> from = nodes.stream().filter(one -> one.family() == family).toList();
        List<Prefix> to = vipRanges.stream().filter(one -> one.family() == family).toList();
        return from.isEmpty() || to.isEmpty()
                ? ""
                : "    iif != lo %1$s saddr { %2$s } %1$s daddr { %3$s } counter drop\n"
                        .formatted(protocol, elements(from), elements(to));
    }

    private static String elements(List<?> all) {
        return all.stream().map(Object::toString).collect(Collectors.joining(", "));
    }

    private static String clearMarks(int port) {
        return """
          chain output {
            type filter hook output priority mangle
            meta mark & 0x%1$08x == 0x%2$08x udp dport { %3$d, %4$d } meta mark set 0
          }
        """
                .formatted(-(1 << Marks.FREE_BITS), Marks.PROBE, port, port + 1);
    }
}
