package dev.holdfast.control.desired;

import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.HostAddress;
import dev.holdfast.wire.NodePart;
import dev.holdfast.wire.ServiceState;
import java.util.List;
import java.util.Set;

/// What a change that is not committed yet does to what machines should be.
///
/// @param encapsulation of the site, before and after
/// @param accepted encapsulations that hosts take packets in, before and after
/// @param nodes that change, come or go
/// @param hosts that change, come or go
/// @param services that change, come or go, in what load balancers program of them
/// @param nodesAfter names of all load balancers there will be
/// @param hostsAfter names of all hosts there will be
/// @param servicesBefore how many there are
public record Prospect(
        Turn<Encapsulation> encapsulation,
        Turn<Set<Encapsulation>> accepted,
        List<Turn<NodePart>> nodes,
        List<Turn<HostAddress>> hosts,
        List<Turn<ServiceState>> services,
        List<String> nodesAfter,
        List<String> hostsAfter,
        int servicesBefore) {}
