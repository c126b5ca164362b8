package dev.holdfast.control.desired;

import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Prefix;
import java.util.List;

/// What of a site itself its load balancers need.
///
/// @param cliffPercent is told with each node's own part, so that the guard of a node always knows
///   the present one
record SitePart(Encapsulation encapsulation, List<Prefix> vipRanges, int cliffPercent) {}
