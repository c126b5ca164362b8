package dev.holdfast.agent.watch;

import dev.holdfast.client.UnreadableException;
import dev.holdfast.wire.Chance;
import dev.holdfast.wire.Destination;
import dev.holdfast.wire.HostAddress;
import dev.holdfast.wire.HostPart;
import dev.holdfast.wire.HostService;
import dev.holdfast.wire.NodeAddress;
import dev.holdfast.wire.ServicePort;
import dev.holdfast.wire.ServiceState;
import dev.holdfast.wire.VipAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Refuses resources that lack a part, before anything relies on it: JSON knows nothing of what a
/// record must have.
final class Whole {

    private Whole() {}

    static String service(ServiceState service) throws UnreadableException {
        String name = given(service.name(), "service", "name");
        vip(given(service.vip(), name, "vip"));
        given(service.affinity(), name, "affinity");
        ports(name, service.ports());
        destinations(name, service.destinations());
        return name;
    }

    static String hostService(HostService service) throws UnreadableException {
        String name = given(service.name(), "service", "name");
        given(service.vip(), name, "vip");
        ports(name, service.ports());
        chances(name, "chances", given(service.chances(), name, "chances"));
        if (service.udpChances() != null) {
            chances(name, "udpChances", service.udpChances());
        }
        return name;
    }

    private static void chances(String name, String field, List<Chance> chances)
            throws UnreadableException {
        for (Chance chance : chances) {
            given(given(chance, name, field).affinity(), name, "affinity");
            destinations(name, chance.destinations());
        }
    }

    static String vip(VipAddress vip) throws UnreadableException {
        String name = given(vip.name(), "vip", "name");
        given(vip.address(), name, "address");
        return name;
    }

    static String node(NodeAddress node) throws UnreadableException {
        String name = given(node.name(), "node", "name");
        given(node.address(), name, "address");
        return name;
    }

    static String host(HostAddress host) throws UnreadableException {
        String name = given(host.name(), "host", "name");
        given(host.address(), name, "address");
        given(host.tunnelAddresses(), name, "tunnelAddresses");
        return name;
    }

    static String host(HostPart host) throws UnreadableException {
        String name = given(host.name(), "host", "name");
        given(host.address(), name, "address");
        given(host.tunnelAddresses(), name, "tunnelAddresses");
        return name;
    }

    private static void ports(String service, List<ServicePort> ports) throws UnreadableException {
        for (ServicePort port : given(ports, service, "ports")) {
            given(given(port, service, "ports").protocol(), service, "protocol");
            Integer number = given(port.port(), service, "port");
            if (number < 1 || number > 65_535) {
                throw new UnreadableException(
                        service + ": port " + number + " (expected: 1 to 65535)");
            }
        }
    }

    private static void destinations(String service, List<Destination> destinations)
            throws UnreadableException {
        long last = Long.MIN_VALUE;
        for (Destination one : given(destinations, service, "destinations")) {
            given(one, service, "destinations");
            given(one.address(), service, "address");
            if (one.weight() < 1) {
                throw new UnreadableException(
                        service + ": weight " + one.weight() + " (expected: 1 or more)");
            }
            if (one.ordinal() <= last) {
                throw new UnreadableException(
                        service
                                + ": ordinal "
                                + one.ordinal()
                                + " after "
                                + last
                                + " (expected: ascending ordinals)");
            }
            last = one.ordinal();
        }
    }

    static <T> T given(@Nullable T part, String where, String what) throws UnreadableException {
        if (part == null) {
            throw new UnreadableException(where + ": no " + what + " (expected: one)");
        }
        return part;
    }
}
