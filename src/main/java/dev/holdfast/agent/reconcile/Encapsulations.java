package dev.holdfast.agent.reconcile;

import dev.holdfast.wire.Encapsulation;
import dev.holdfast.wire.Family;

/// What is left out of an encapsulation, filled in.
public final class Encapsulations {

    private static final int FOU_PORT = 5555;
    private static final int GUE_PORT = 6080;

    private Encapsulations() {}

    static Encapsulation.Kind kind(Encapsulation encapsulation) {
        Encapsulation.Kind kind = encapsulation.kind();
        return kind == null ? Encapsulation.Kind.GUE : kind;
    }

    /// The UDP port on hosts where tunnels end; 0 for IPIP, which has none.
    ///
    /// @param payload the family of the packets within
    public static int listener(Encapsulation encapsulation, Family payload) {
        return switch (kind(encapsulation)) {
            case FOU -> fouPort(encapsulation, payload);
            case GUE -> guePort(encapsulation);
            case IPIP -> 0;
        };
    }

    /// A FOU port holds packets of one family: IPv6 has the next one.
    static int fouPort(Encapsulation encapsulation, Family payload) {
        Integer port = encapsulation.port();
        return (port == null ? FOU_PORT : port) + (payload == Family.IPV4 ? 0 : 1);
    }

    static int guePort(Encapsulation encapsulation) {
        Integer port = encapsulation.port();
        return port == null ? GUE_PORT : port;
    }
}
