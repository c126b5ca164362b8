package dev.holdfast.wire;

import org.jspecify.annotations.Nullable;

/// How packets travel from load balancers to backends.
///
/// @param kind left out: GUE
/// @param port UDP port of the listener on the backends. Left out: 5555 for FOU, 6080 for GUE; IPIP
///   has none. FOU uses the next port for IPv6, GUE keeps the two above it for second chance.
public record Encapsulation(@Nullable Kind kind, @Nullable Integer port) {

    public enum Kind {
        FOU,
        GUE,
        IPIP
    }
}
