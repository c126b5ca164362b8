package dev.holdfast.agent.filter;

import static java.util.Objects.requireNonNull;

import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Prefix;
import dev.holdfast.wire.Protocol;
import dev.holdfast.wire.ServicePort;
import dev.holdfast.wire.ServiceState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What the filter must know of a service.
///
/// @param name `[a-z0-9-]{1,63}`, for people who read the rules
/// @param ports the claimed ones, in order
/// @param allowedSources absent: everyone. Those of the VIP's family count; none of it: nobody
public record FilteredService(
        String name, IpAddress vip, List<Port> ports, @Nullable List<Prefix> allowedSources) {

    /// A protocol and port.
    ///
    /// @param port 1 to 65535
    public record Port(Protocol protocol, int port) implements Comparable<Port> {
        public Port {
            if (port < 1 || port > 65_535) {
                throw new IllegalArgumentException("port: " + port + " (expected: 1 to 65535)");
            }
        }

        static Port of(ServicePort port) {
            if (port.protocol() == null || port.port() == null) {
                throw new IllegalArgumentException(
                        "port: " + port + " (expected: a protocol and a port)");
            }
            return new Port(requireNonNull(port.protocol()), requireNonNull(port.port()));
        }

        @Override
        public int compareTo(Port other) {
            int byProtocol = protocol.compareTo(other.protocol);
            return byProtocol != 0 ? byProtocol : Integer.compare(port, other.port);
        }
    }

    public FilteredService {
        // It ends up in the text that a tool reads as commands.
        if (!name.matches("[a-z0-9-]{1,63}")) {
            throw new IllegalArgumentException(
                    "service: " + name + " (expected: a name of [a-z0-9-]{1,63})");
        }
        ports = ports.stream().sorted().toList();
        if (allowedSources != null) {
            List<Prefix> merged =
                    Prefixes.merge(
                            allowedSources.stream()
                                    .filter(source -> source.family() == vip.family())
                                    .toList());
            boolean everyone = merged.size() == 1 && merged.getFirst().length() == 0;
            allowedSources = everyone ? null : merged;
        }
    }

    /// @throws IllegalArgumentException when the service is not one that can be filtered
    public static FilteredService of(ServiceState service) {
        return new FilteredService(
                service.name(),
                service.vip().address(),
                service.ports().stream().map(Port::of).toList(),
                service.allowedSources());
    }
}
