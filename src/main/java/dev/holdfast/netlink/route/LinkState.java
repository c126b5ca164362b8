package dev.holdfast.netlink.route;

/// Whether a link is meant to carry packets.
public enum LinkState {
    UP,
    DOWN
}
