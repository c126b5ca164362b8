package dev.holdfast.agent.kernel;

/// How packets get from IPVS to a destination.
public sealed interface Forwarding {

    /// As they are, into the interface that the route to the destination names.
    record Direct() implements Forwarding {

        @Override
        public String toString() {
            return "direct";
        }
    }

    /// In an IP header of IPVS's own making.
    record Ipip() implements Forwarding {

        @Override
        public String toString() {
            return "ipip";
        }
    }

    /// In UDP and GUE of IPVS's own making.
    record Gue(int port) implements Forwarding {

        @Override
        public String toString() {
            return "gue port " + port;
        }
    }

    /// In a way we never ask for; someone else did.
    record Foreign(String what) implements Forwarding {}
}
