package dev.holdfast.agent.kernel;

import dev.holdfast.netlink.Errno;
import dev.holdfast.netlink.NetlinkException;
import dev.holdfast.netlink.ipvs.Destination;
import dev.holdfast.netlink.ipvs.IpvsClient;
import dev.holdfast.netlink.ipvs.ObservedDestination;
import dev.holdfast.netlink.ipvs.ObservedService;
import dev.holdfast.wire.IpAddress;
import dev.holdfast.wire.Protocol;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What IPVS counts, translated into our words.
final class LinuxTraffic {

    /// Where the client comes from.
    @FunctionalInterface
    interface Opening {
        IpvsClient open() throws NetlinkException;
    }

    private LinuxTraffic() {}

    /// What goes to every destination.
    static List<Traffic> read(Opening opening) throws NetlinkException {
        List<Traffic> traffic = new ArrayList<>();
        Set<ServiceKey> listed = new HashSet<>(); // see LinuxIpvs
        try {
            IpvsClient ipvs = opening.open();
            for (ObservedService service : ipvs.services()) {
                ServiceKey key = LinuxIpvs.key(service.service().key());
                if (key != null && listed.add(key)) {
                    for (ObservedDestination one : ipvs.destinations(service.service().key())) {
                        traffic.add(of(key, at(one.destination()), one));
                    }
                }
            }
        } catch (NetlinkException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
        return traffic;
    }

    /// What each service took since it was made; nothing when the kernel has no IPVS.
    static Map<ServiceKey, Long> packets(Opening opening) throws NetlinkException {
        Map<ServiceKey, Long> packets = new HashMap<>();
        try {
            for (ObservedService service : opening.open().services()) {
                ServiceKey key = LinuxIpvs.key(service.service().key());
                if (key != null) {
                    packets.put(key, service.statistics().packetsIn());
                }
            }
        } catch (NetlinkException e) {
            if (e.errno() != Errno.ENOENT) {
                throw e;
            }
        }
        return packets;
    }

    /// IPVS knows established connections of TCP only; what it remembers of UDP is a flow.
    private static long connections(ServiceKey key, ObservedDestination one) {
        boolean udp = key instanceof ServiceKey.At at && at.protocol() == Protocol.UDP;
        return one.activeConnections() + (udp ? one.inactiveConnections() : 0);
    }

    static Traffic of(ServiceKey service, DestinationKey destination, ObservedDestination one) {
        return new Traffic(
                service,
                destination,
                connections(service, one),
                one.statistics().packetsInPerSecond(),
                one.statistics().bytesInPerSecond());
    }

    static DestinationKey at(Destination destination) {
        return new DestinationKey(
                IpAddress.of(destination.key().address()), destination.key().port());
    }
}
