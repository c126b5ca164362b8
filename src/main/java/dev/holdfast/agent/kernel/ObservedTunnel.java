package dev.holdfast.agent.kernel;

/// One of our tunnel interfaces as the kernel has it.
public record ObservedTunnel(Tunnel tunnel, LinkState state) {}
