package dev.holdfast.wire;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One data centre: the load balancers that announce the same VIPs.
///
/// @param name read-only, from the path
/// @param vipRanges the prefixes VIPs come from; at least one
/// @param tunnelRanges the prefixes tunnel addresses come from; needed for FOU only
/// @param encapsulation left out: GUE on port 6080
/// @param accepts further ways packets may come to backend hosts, so that the encapsulation can be
///   changed to one of them and they still take what load balancers send the old way; left out:
///   none
/// @param underlayMtu the largest packet, in bytes with its IP header, that gets from every load
///   balancer to every backend host, 1280 to 9000; left out: 1500
/// @param limits left out: the defaults of [Limits]
/// @param epoch read-only: names the database lineage
/// @param revision read-only: when the site itself last changed
public record Site(
        @Nullable String name,
        @Nullable List<Prefix> vipRanges,
        @Nullable List<Prefix> tunnelRanges,
        @Nullable Encapsulation encapsulation,
        @Nullable List<Encapsulation> accepts,
        @Nullable Integer underlayMtu,
        @Nullable Limits limits,
        @Nullable String epoch,
        @Nullable Long revision) {}
