package dev.holdfast.agent.kernel;

import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Protocol;
import java.util.Comparator;

/// Which packets an IPVS service takes.
public sealed interface ServiceKey extends Comparable<ServiceKey> {

    /// Packets to an address and port.
    record At(IpAddress address, Protocol protocol, int port) implements ServiceKey {

        @Override
        public Family family() {
            return address.family();
        }

        @Override
        public String part() {
            return protocol + " " + port;
        }

        @Override
        public String toString() {
            return protocol + " " + DestinationKey.join(address, port);
        }
    }

    /// Packets of a family that carry a firewall mark, wherever they go. Which marks are ours, and
    /// for what, is told by [Marks].
    record Marked(Family family, int mark) implements ServiceKey {

        @Override
        public String part() {
            return toString();
        }

        @Override
        public String toString() {
            return "%s mark 0x%08x".formatted(family, mark);
        }
    }

    static At at(IpAddress address, Protocol protocol, int port) {
        return new At(address, protocol, port);
    }

    static Marked marked(Family family, int mark) {
        return new Marked(family, mark);
    }

    /// Of the packets.
    Family family();

    /// Which part of a service this is, in front of people.
    String part();

    /// Addresses first.
    @Override
    default int compareTo(ServiceKey other) {
        return switch (this) {
            case At at -> other instanceof At that ? Order.AT.compare(at, that) : -1;
            case Marked marked ->
                    other instanceof Marked that ? Order.MARKED.compare(marked, that) : 1;
        };
    }

    /// How services of one kind are sorted.
    final class Order {

        private static final Comparator<At> AT =
                Comparator.comparing(At::address)
                        .thenComparing(At::protocol)
                        .thenComparingInt(At::port);
        private static final Comparator<Marked> MARKED =
                Comparator.comparing(Marked::family).thenComparingInt(Marked::mark);

        private Order() {}
    }
}
