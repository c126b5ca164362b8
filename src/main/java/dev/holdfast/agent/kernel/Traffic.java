package dev.holdfast.agent.kernel;

/// What goes to one destination of an IPVS service, as the kernel counts it.
///
/// @param connections now: established ones of TCP, flows of UDP that are remembered
/// @param packetsPerSecond of the last two seconds, as `bytesPerSecond`; from clients
public record Traffic(
        ServiceKey service,
        DestinationKey destination,
        long connections,
        long packetsPerSecond,
        long bytesPerSecond) {}
