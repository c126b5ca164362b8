package dev.holdfast.wire;

/// One backend as IPVS sees it.
///
/// @param host name of the backend's host
/// @param ordinal ascending ordinal is the order of adding (SAME-TABLE)
/// @param address what the table hashes: the tunnel address with FOU, else the host's own
/// @param weight nominal, also while not serving
/// @param serving whether new connections are sent to it
public record Destination(
        String host, long ordinal, IpAddress address, int weight, boolean serving) {}
