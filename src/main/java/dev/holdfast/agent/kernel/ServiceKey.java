package dev.holdfast.agent.kernel;

import dev.holdfast.wire.Family;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Protocol;
import java.util.Comparator;

/// Which packets an IPVS service takes.
public record ServiceKey(IpAddress address, Protocol protocol, int port)
        implements Comparable<ServiceKey> {

    private static final Comparator<ServiceKey> ORDER =
            Comparator.comparing(ServiceKey::address)
                    .thenComparing(ServiceKey::protocol)
                    .thenComparingInt(ServiceKey::port);

    @Override
    public int compareTo(ServiceKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return protocol + " " + DestinationKey.join(address, port);
    }

    public Family family() {
        return address.family();
    }
}
