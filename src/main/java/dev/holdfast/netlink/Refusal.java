package dev.holdfast.netlink;

/// One of many changes that the kernel did not make.
///
/// @param change what was asked for
/// @param error why not
public record Refusal<C>(C change, NetlinkException error) {}
