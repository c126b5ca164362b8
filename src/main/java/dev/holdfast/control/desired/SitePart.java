package dev.holdfast.control.desired;

import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Prefix;
import java.util.List;

/// What of a site itself its load balancers need.
record SitePart(Encapsulation encapsulation, List<Prefix> vipRanges) {}
