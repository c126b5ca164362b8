package dev.holdfast.netlink.ipvs;

/// A service as the kernel has it, and what went through it.
public record ObservedService(VirtualService service, Statistics statistics) {}
