package dev.holdfast.agent.kernel;

/// Whether an interface carries packets.
public enum LinkState {
    UP,
    DOWN
}
