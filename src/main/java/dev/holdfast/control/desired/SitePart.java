package dev.holdfast.control.desired;

import dev.holdfast.control.site.Encapsulations;
import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Prefix;
import java.util.List;
import java.util.Set;

/// What of a site itself its load balancers need.
///
/// @param accepts what backend hosts take packets in beside the encapsulation; load balancers are
///   not told
/// @param underlayMtu in bytes; told with each node's own part, and counted into what hosts are
///   told
/// @param cliffPercent is told with each node's own part, so that the guard of a node always knows
///   the present one
record SitePart(
        Encapsulation encapsulation,
        List<Encapsulation> accepts,
        List<Prefix> vipRanges,
        int underlayMtu,
        int cliffPercent) {

    /// What hosts take packets in: the encapsulation itself, then the others, each once.
    Set<Encapsulation> accepted() {
        return Encapsulations.accepted(encapsulation, accepts);
    }
}
