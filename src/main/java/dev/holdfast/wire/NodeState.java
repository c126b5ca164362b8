package dev.holdfast.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// What a load balancer should be at one revision: in full, or what changed since another one.
///
/// In a delta, lists hold changed and new entries whole, and are left out where nothing changed.
///
/// @param revision the one this leads to
/// @param full whether it stands alone
/// @param reset whether the receiver must forget what it had: it was of another epoch, or ahead
/// @param meant whether a person marked a revision on the way as meant (NO-CLIFF)
/// @param digest of the state that the receiver has after taking this in; see [Digest]
/// @param node the receiver's own part, always whole and not in the digest
public record NodeState(
        String site,
        String epoch,
        long revision,
        boolean full,
        boolean reset,
        boolean meant,
        Digest digest,
        NodePart node,
        @Nullable Encapsulation encapsulation,
        @Nullable List<Prefix> vipRanges,
        @Nullable List<NodeAddress> nodes,
        @Nullable List<HostAddress> hosts,
        @Nullable List<ServiceState> services,
        @Nullable Removed removed) {}
