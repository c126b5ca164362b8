package dev.holdfast.netlink.ipvs;

/// What the kernel says about its IPVS.
///
/// @param version for example `1.2.1`
/// @param connectionTableSize number of buckets of the connection table
public record IpvsInfo(String version, int connectionTableSize) {}
