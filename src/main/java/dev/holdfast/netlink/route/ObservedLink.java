package dev.holdfast.netlink.route;

import java.util.Optional;

/// A link of any kind as the kernel has it.
///
/// @param kind the kernel's word for it, `ipip`, `dummy`, `veth`; empty for hardware and loopback
/// @param alias empty when it has none
/// @param tunnel what it carries where, if this library knows the kind
public record ObservedLink(
        int index,
        String name,
        LinkState state,
        int mtuBytes,
        int group,
        String alias,
        String kind,
        Optional<Tunnel> tunnel) {}
